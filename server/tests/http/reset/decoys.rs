//! Nobody learns who exists.

use std::time::Duration;

use regain_core::method::Method;
use regain_core::policy::{MethodsRequired, Scope};

use super::walk::{Walk, alice, open, ready, shape, wrong};
use crate::support::TestApp;

/// Everybody who must look alike: may reset, has too few methods, out of scope, blocked, unknown.
async fn everybody(app: &TestApp) -> [&'static str; 5] {
    let alice = alice(app).await;
    let bob = app.add_user("bobby").await;
    let dave = ready(app, "davey", "+14255550102").await;
    ready(app, "carol", "+14255550101").await;
    let group = app.add_group("Pilot", &[&alice, &bob, &dave]).await;
    app.set_policy(|policy| policy.scope = Scope::Selected(Some(group.to_string()))).await;
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&regain_store::User { blocked: true, ..dave }).await.unwrap();
    tx.commit().await.unwrap();
    ["alice", "bobby", "carol", "davey", "ghost"]
}

#[tokio::test]
async fn t1_start_answers_everybody_alike() {
    let app = open().await;
    let mut seen = Vec::new();
    for name in everybody(&app).await {
        let upn = format!("{name}@contoso.example");
        let mut walk = Walk { app: &app, browser: app.browser() };
        let reply = walk.start_raw(&upn).await;
        let mut headers: Vec<String> = reply.headers.keys().map(ToString::to_string).collect();
        headers.sort();
        let cookies = reply.headers.get_all("set-cookie").iter().count();
        assert!(walk.browser.cookies.contains_key("__Host-regain_flow"), "{name} has no flow");
        let page = walk.browser.get(reply.location()).await;
        let methods = walk.browser.post("/reset/why", &[("intent", "reset")]).await;
        seen.push((
            (reply.status, reply.location().to_owned(), headers, cookies, reply.body.len()),
            (shape(&page, &upn), page.body.len()),
            (shape(&methods, &upn), methods.body.len()),
        ));
    }
    for (index, one) in seen.iter().enumerate() {
        assert_eq!(one, &seen[4], "person {index} is told from nobody");
    }
}

#[tokio::test]
async fn t4_a_decoy_has_its_methods_for_good() {
    let app = open().await;
    app.set_policy(|policy| policy.methods.insert(Method::AppCode)).await;
    let mut lists = std::collections::BTreeSet::new();
    for _ in 0..20 {
        let (_, page) = Walk::to_methods(&app, "ghost@contoso.example").await;
        lists.insert(shape(&page, "ghost@"));
        app.advance(Duration::from_mins(72));
        app.run_jobs().await;
    }
    assert_eq!(lists.len(), 1);
}

#[tokio::test]
async fn t4_decoys_have_what_people_have() {
    let app = open().await;
    app.set_policy(|policy| policy.methods.insert(Method::AppCode)).await;
    for name in ["una", "uno"] {
        let user = app.add_user(name).await;
        app.add_app(&user).await;
        app.add_phone(&user, "+14255550111").await;
    }
    app.run_jobs().await;
    for name in ["ghost", "spectre", "shade"] {
        let (_, page) = Walk::to_methods(&app, name).await;
        page.assert_shows("Enter a code from my authenticator app").assert_shows("Text my mobile phone");
        page.assert_hides("Email my alternate email");
    }
}

/// Wrong codes by email, in two flows to the account's lock and in one further to its own: every page.
async fn walk_to_the_lock(app: &TestApp, name: &str, real: Option<&str>) -> Vec<String> {
    let mut pages = Vec::new();
    for codes in [&[3][..], &[2], &[3, 2]] {
        let (mut walk, page) = Walk::to_methods(app, name).await;
        pages.push(shape(&page, name));
        pages.push(shape(&walk.choose("email").await, name));
        for tries in codes {
            pages.push(shape(&walk.browser.post("/reset/verify/resend", &[]).await, name));
            for _ in 0..*tries {
                let code = match real {
                    Some(address) => wrong(&app.code_for(address).await),
                    None => "00000000".to_owned(),
                };
                pages.push(shape(&walk.enter(&code).await, name));
            }
            app.advance(Duration::from_secs(125));
        }
        app.advance(Duration::from_secs(601));
    }
    pages
}

#[tokio::test]
async fn t5_wrong_codes_resends_and_the_lock_are_the_same_for_a_decoy() {
    let app = open().await;
    alice(&app).await;
    app.run_jobs().await;
    let real = walk_to_the_lock(&app, "alice@contoso.example", Some("alice@mail.example")).await;
    let other = TestApp::start().await;
    other.set_policy(|policy| policy.scope = Scope::All).await;
    alice(&other).await;
    other.run_jobs().await;
    let decoy = walk_to_the_lock(&other, "ghost@contoso.example", None).await;
    let minutes = |page: &String| page.replace(|c: char| c.is_ascii_digit(), "9");
    assert!(real.last().unwrap().contains("Too many tries"), "{}", real.last().unwrap());
    for (step, (one, another)) in real.iter().zip(&decoy).enumerate() {
        assert_eq!(minutes(one), minutes(another), "step {step}");
    }
    assert_eq!(real.len(), decoy.len());
    assert!(other.messages_to("ghost").await.is_empty(), "a decoy sends nothing");
}

#[tokio::test]
async fn t6_nothing_about_the_person_shows_before_the_first_step() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, methods) = Walk::to_methods(&app, "alice@contoso.example").await;
    let pages = [methods, walk.choose("email").await, walk.choose("mobile_phone").await];
    for page in pages {
        for hint in ["mail.example", "@m", "0100", "•00", "Step 1"] {
            assert!(!page.body.contains(hint), "{hint} is on the page: {}", page.text());
        }
    }
}

#[tokio::test]
async fn t7_the_list_does_not_tell_an_administrator() {
    let app = open().await;
    alice(&app).await;
    let erin = ready(&app, "erin1", "+14255550104").await;
    app.grant(&erin, "user_administrator").await;
    let mut shapes = Vec::new();
    for name in ["alice@contoso.example", "erin1@contoso.example"] {
        let (_, page) = Walk::to_methods(&app, name).await;
        shapes.push(shape(&page, name));
    }
    assert_eq!(shapes[0], shapes[1]);
}

#[tokio::test]
async fn t7_with_one_method_for_users_a_decoy_may_pass_for_an_administrator() {
    let app = open().await;
    let erin = ready(&app, "erin1", "+14255550104").await;
    app.grant(&erin, "user_administrator").await;
    app.set_policy(|policy| {
        policy.methods_required = MethodsRequired::One;
        policy.methods = regain_core::method::MethodSet::of(&[Method::Email]);
    })
    .await;
    app.run_jobs().await;
    let (_, page) = Walk::to_methods(&app, "ghost@contoso.example").await;
    page.assert_shows("Text my mobile phone");
}

#[tokio::test]
async fn t12_a_lock_by_others_shows_to_nobody_but_the_owner() {
    let app = open().await;
    alice(&app).await;
    app.run_jobs().await;
    super::limits::lock(&app, "alice@contoso.example").await;
    let (mut locked, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    let (mut ghost, other) = Walk::to_methods(&app, "ghost@contoso.example").await;
    assert_eq!(shape(&page, "alice"), shape(&other, "ghost"));
    let (page, other) = (locked.choose("email").await, ghost.choose("email").await);
    assert_eq!((page.status, shape(&page, "alice")), (200, shape(&other, "ghost")));
    for _ in 0..3 {
        let (page, other) = (locked.enter("00000000").await, ghost.enter("00000000").await);
        assert_eq!(shape(&page, "alice"), shape(&other, "ghost"));
    }
    let notices = app.messages_to("alice@mail.example").await;
    let told = notices.iter().filter(|notice| notice.subject.contains("locked")).count();
    assert_eq!(told, 1);
}

#[tokio::test]
async fn the_true_reason_is_mailed_once_a_day() {
    let app = open().await;
    let bob = app.add_user("bobby").await;
    app.add_email(&bob, "bobby@mail.example").await;
    for _ in 0..3 {
        Walk::start(&app, "bobby@contoso.example").await;
    }
    let mails = app.messages_to("bobby@mail.example").await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("you have not registered enough ways"), "{}", mails[0].text);
    app.advance(Duration::from_secs(24 * 3600 + 1));
    Walk::start(&app, "bobby@contoso.example").await;
    assert_eq!(app.messages_to("bobby@mail.example").await.len(), 2);
    assert!(
        app.audit()
            .await
            .iter()
            .any(|(_, result, reason)| result == "failure" && reason.contains("SSPR_0014"))
    );
}
