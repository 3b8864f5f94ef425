//! *Contact your administrator*.

use regain_core::limits::{CONTACT_RECIPIENTS, CONTACT_REQUESTS, CONTACT_REQUESTS_BY_SOURCE};
use regain_core::secret::Secret;
use regain_server::crypto::token_hash;
use regain_store::{Challenge, Flow, User};

use crate::support::{Browser, Reply, TestApp};

const SUBJECT: &str = "ana needs help with signing in";

async fn ask(browser: &mut Browser, username: &str) -> Reply {
    browser.post("/help", &[("username", username)]).await
}

async fn with_roles(app: &TestApp, holders: &[(&str, &str)]) -> Vec<User> {
    let mut users = Vec::new();
    for (name, role) in holders {
        let user = app.add_user(name).await;
        app.grant(&user, role).await;
        users.push(user);
    }
    users
}

/// Who was told that ana needs help.
async fn told(app: &TestApp) -> Vec<String> {
    let mut told: Vec<String> = app
        .messages_to("@")
        .await
        .into_iter()
        .filter(|message| message.subject == SUBJECT)
        .flat_map(|message| serde_json::from_str::<Vec<String>>(&message.recipients).unwrap())
        .map(|address| address.split('@').next().unwrap().to_owned())
        .collect();
    told.sort();
    told
}

#[tokio::test]
async fn r204_helpdesk_and_password_administrators_are_asked_first() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let holders = [
        ("hal", "helpdesk_administrator"),
        ("pam", "password_administrator"),
        ("una", "user_administrator"),
        ("gus", "global_administrator"),
    ];
    with_roles(&app, &holders).await;
    ask(&mut app.browser(), " ANA@contoso.example ").await.assert_shows("Your request is on its way");
    assert_eq!(told(&app).await, ["hal", "pam"]);
}

#[tokio::test]
async fn r204_without_them_user_administrators_are_asked() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let users = with_roles(
        &app,
        &[("hal", "helpdesk_administrator"), ("una", "user_administrator"), ("gus", "global_administrator")],
    )
    .await;
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&User { blocked: true, ..users[0].clone() }).await.unwrap();
    tx.commit().await.unwrap();
    ask(&mut app.browser(), "ana@contoso.example").await;
    assert_eq!(told(&app).await, ["una"]);
}

#[tokio::test]
async fn r204_who_may_not_help_an_administrator_is_not_asked() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    app.grant(&ana, "global_administrator").await;
    with_roles(&app, &[("hal", "helpdesk_administrator"), ("gus", "global_administrator")]).await;
    ask(&mut app.browser(), "ana@contoso.example").await;
    assert_eq!(told(&app).await, ["gus"], "neither the help desk nor ana herself");
}

#[tokio::test]
async fn r205_at_most_a_hundred_are_asked() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut tx = app.engine.store.write().await.unwrap();
    for number in 0..=CONTACT_RECIPIENTS {
        let name = format!("hal{number:03}");
        let upn = format!("{name}@contoso.example");
        let mail = Some(upn.clone());
        let user = User { id: app.engine.new_id(), upn_key: upn.clone(), upn, mail, ..ana.clone() };
        tx.add_user(&user).await.unwrap();
        tx.grant_role(user.id, "helpdesk_administrator").await.unwrap();
    }
    tx.commit().await.unwrap();
    ask(&mut app.browser(), "ana@contoso.example").await;
    assert_eq!(told(&app).await.len(), CONTACT_RECIPIENTS);
}

#[tokio::test]
async fn an_unknown_name_is_answered_like_a_known_one_and_nobody_is_told() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    with_roles(&app, &[("hal", "helpdesk_administrator")]).await;
    let mut browser = app.browser();
    let known = ask(&mut browser, "ana@contoso.example").await;
    let unknown = ask(&mut browser, "ghost@contoso.example").await;
    let without_code = |reply: &Reply| reply.text().split("Support code").next().unwrap().to_owned();
    assert_eq!((known.status, without_code(&known)), (unknown.status, without_code(&unknown)));
    assert_eq!(known.body.len(), unknown.body.len());
    let (waiting, _) = app.engine.store.read().await.unwrap().outbox_counts().await.unwrap();
    assert_eq!(waiting, 2, "one row for each, however many administrators there are");
    assert_eq!(told(&app).await, ["hal"]);
    assert_eq!(app.messages_to("@").await.len(), 1);
}

#[tokio::test]
async fn requests_are_limited_by_account_known_or_not() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    with_roles(&app, &[("hal", "helpdesk_administrator")]).await;
    for name in ["ana@contoso.example", "ghost@contoso.example"] {
        for number in 0..=CONTACT_REQUESTS.times {
            let mut browser = app.browser();
            browser.address = format!("198.51.100.{number}");
            let page = ask(&mut browser, name).await;
            let limited = page.text().contains("You have asked for help several times");
            assert_eq!(limited, number == CONTACT_REQUESTS.times, "{name} {number}");
        }
    }
    assert_eq!(told(&app).await.len(), CONTACT_REQUESTS.times as usize);
    app.advance(CONTACT_REQUESTS.within);
    ask(&mut app.browser(), "ana@contoso.example").await.assert_shows("Your request is on its way");
}

#[tokio::test]
async fn a_source_that_asks_often_pays_with_work_and_is_not_refused() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    for number in 0..CONTACT_REQUESTS_BY_SOURCE.times {
        ask(&mut browser, &format!("name{number}@contoso.example")).await.assert_hides("There is a problem");
    }
    let page = ask(&mut browser, "another@contoso.example").await;
    page.assert_shows("Many asked for help from your network").assert_shows("Do the check below first");
    assert_eq!(page.input("username"), "another@contoso.example");
    let token = page.input("captcha");
    let read = crate::reset::walk::letters(&app, &token);
    let fields = [("username", "another@contoso.example"), ("captcha", &token), ("characters", &read)];
    browser.post("/help", &fields).await.assert_shows("Your request is on its way");
    // Once.
    browser.post("/help", &fields).await.assert_shows("Those were not the characters");
    let mut elsewhere = app.browser();
    elsewhere.address = "198.51.100.7".to_owned();
    ask(&mut elsewhere, "another@contoso.example").await.assert_shows("Your request is on its way");
}

#[tokio::test]
async fn r206_r202_an_own_place_for_help_takes_the_forms_place() {
    for (target, href, new_tab) in [
        ("https://help.contoso.example/", "https://help.contoso.example/", true),
        ("help@contoso.example", "mailto:help@contoso.example", false),
    ] {
        let app = TestApp::start().await;
        app.add_user("ana").await;
        with_roles(&app, &[("hal", "helpdesk_administrator")]).await;
        app.set_policy(|policy| {
            policy.helpdesk.customized = true;
            policy.helpdesk.target = target.to_owned();
        })
        .await;
        for page in ["/signin", "/help", "/nowhere"] {
            let page = app.browser().get(page).await;
            let link = page.body.split("<a ").find(|tag| tag.contains("Contact your administrator")).unwrap();
            assert!(link.contains(&format!("href=\"{href}\"")), "{link}");
            assert_eq!(link.contains("target=\"_blank\""), new_tab, "{link}");
            assert_eq!(link.contains("rel=\"noreferrer noopener\""), new_tab, "{link}");
        }
        ask(&mut app.browser(), "ana@contoso.example").await.assert_hides("Your request is on its way");
        assert!(told(&app).await.is_empty());
    }
}

#[tokio::test]
async fn r203_without_an_own_place_the_link_leads_to_the_form() {
    let app = TestApp::start().await;
    let page = app.browser().get("/signin").await;
    assert!(page.body.contains("href=\"/help\""));
    let form = app.browser().get("/help").await;
    form.assert_shows("Ask your administrator for help").assert_shows("Username");
    ask(&mut app.browser(), " ").await.assert_shows("There is a problem").assert_shows("Enter your username");
}

async fn a_flow(app: &TestApp, user: Option<&User>, typed: &str, method: Option<&str>) -> Browser {
    let (now, token) = (app.now(), app.engine.new_token());
    let flow = Flow {
        id: app.engine.new_id(),
        token_hash: token_hash(token.expose()),
        support_code: "WXYZ-1234".to_owned(),
        typed: typed.to_owned(),
        account: "account".to_owned(),
        user_id: user.map(|user| user.id),
        intent: None,
        method: method.map(ToOwned::to_owned),
        body: "{}".to_owned(),
        address: String::new(),
        client: String::new(),
        browser: None,
        locale: "en".to_owned(),
        created_at: now,
        expires_at: now.plus(regain_core::limits::FLOW_LIFE),
        closed_at: None,
        outcome: None,
    };
    let mut tx = app.engine.store.write().await.unwrap();
    tx.add_flow(&flow).await.unwrap();
    if let Some(method) = method {
        tx.add_challenge(&challenge(app, &flow, method)).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut browser = app.browser();
    browser.cookies.insert("__Host-regain_flow".to_owned(), token.expose().to_owned());
    browser
}

fn challenge(app: &TestApp, flow: &Flow, method: &str) -> Challenge {
    Challenge {
        id: app.engine.new_id(),
        flow_id: Some(flow.id),
        session_id: None,
        help_call_id: None,
        user_id: flow.user_id,
        purpose: "reset".to_owned(),
        method: method.to_owned(),
        method_id: None,
        destination: None,
        mac: None,
        attempts: 0,
        created_at: flow.created_at,
        expires_at: flow.expires_at,
        consumed_at: None,
        superseded_at: None,
    }
}

#[tokio::test]
async fn r207_the_method_tried_last_is_written_down() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    with_roles(&app, &[("hal", "helpdesk_administrator")]).await;
    for (user, typed, method, reason) in [
        (
            Some(&ana),
            "ana@contoso.example",
            Some("mobile_phone"),
            "Contacted an administrator after trying mobile phone",
        ),
        (None, "ghost@contoso.example", Some("email"), "Contacted an administrator after trying email"),
        (Some(&ana), "ana@contoso.example", None, "Contacted an administrator before trying a method"),
    ] {
        let mut browser = a_flow(&app, user, typed, method).await;
        let page = browser.get("/help").await;
        assert_eq!(page.input("username"), typed);
        page.assert_shows("WXYZ-1234");
        ask(&mut browser, typed).await.assert_shows("WXYZ-1234");
        let mut tx = app.engine.store.read().await.unwrap();
        let rows = tx.audit_rows(&Default::default(), i64::MAX, 1).await.unwrap();
        let record = &rows[0].record;
        assert_eq!((record.reason.as_str(), record.correlation.as_str()), (reason, "WXYZ-1234"));
        assert_eq!((record.result.as_str(), record.target_name.as_str()), ("success", typed));
    }
    let mails = app.messages_to("hal@").await;
    assert!(mails[0].text.contains("WXYZ-1234") && mails[0].text.contains("ana@contoso.example"));
}

#[tokio::test]
async fn a_signed_in_person_asks_for_no_other_account() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    app.add_user("bob").await;
    with_roles(&app, &[("hal", "helpdesk_administrator")]).await;
    let mut browser = app.browser();
    browser.sign_in("ana").await;
    assert_eq!(browser.get("/help").await.input("username"), "ana@contoso.example");
    ask(&mut browser, "bob@contoso.example").await.assert_shows("Your request is on its way");
    assert_eq!(told(&app).await, ["hal"]);
}

#[tokio::test]
async fn t19_a_strange_flow_cookie_helps_nobody() {
    let app = TestApp::start().await;
    let mut browser = app.browser();
    browser.cookies.insert("__Host-regain_flow".to_owned(), Secret::from("x").expose().to_owned());
    assert_eq!(browser.get("/help").await.input("username"), "");
}
