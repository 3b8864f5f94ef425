//! *Verify caller* by one of the person's own methods.

use std::time::Duration;

use regain_core::policy::{MethodsRequired, Scope};

use super::{KNOWN, act, ask, caller_page, help_desk, record};
use crate::reset::walk::Walk;
use crate::support::{PASSWORD, TestApp, phone::other};

/// Chooses the first method on the page.
async fn send(browser: &mut crate::support::Browser, user: &regain_store::User) -> crate::support::Reply {
    let factor = browser.get(&caller_page(user)).await.input("factor");
    act(browser, user, "verify-caller/send", &[("factor", &factor)]).await
}

/// A server where one kind is enough for a reset.
async fn one_kind() -> TestApp {
    let app = TestApp::start().await;
    app.set_policy(|policy| policy.methods_required = MethodsRequired::One).await;
    app
}

/// Six or eight other digits.
fn wrong(code: &str) -> String {
    code.chars().map(|c| if c == '7' { '8' } else { '7' }).collect()
}

#[tokio::test]
async fn a_code_that_the_caller_reads_out_tells_who_calls() {
    let app = one_kind().await;
    let (mut hal, ana) = help_desk(&app).await;
    let page = hal.get(&caller_page(&ana)).await;
    page.assert_shows("Text").assert_hides("+14255550100").assert_hides("ana@mail.example");
    assert!(app.messages_to("ana@mail.example").await.is_empty(), "a GET sends nothing");
    let page = send(&mut hal, &ana).await;
    page.assert_shows("A code is on its way to");
    let code = app.code_for("+14255550100").await;
    assert!(!page.body.contains(&code), "T44: the code is in no reply");
    let text = &app.messages_to("+14255550100").await[0].text;
    assert!(text.contains("call to the") && text.contains("only if you called them"), "{text}");
    let page = act(&mut hal, &ana, "verify-caller/code", &[("code", &wrong(&code))]).await;
    page.assert_shows("That code is not right").assert_hides(KNOWN);
    act(&mut hal, &ana, "verify-caller/code", &[("code", &code)]).await.assert_shows(KNOWN);
    let record = record(&app, "Verify caller").await;
    assert_eq!(record.result, "success");
    assert!(record.details.contains("mobile_phone"), "{}", record.details);
    // Used up.
    app.advance(Duration::from_mins(11));
    let page = act(&mut hal, &ana, "verify-caller/code", &[("code", &code)]).await;
    page.assert_shows("no longer works").assert_hides(KNOWN);
}

#[tokio::test]
async fn t42_the_code_for_the_help_desk_opens_no_reset_and_no_session() {
    let app = TestApp::start().await;
    app.set_policy(|policy| policy.scope = Scope::All).await;
    let (mut hal, ana) = help_desk(&app).await;
    send(&mut hal, &ana).await;
    let code = app.code_for("+14255550100").await;
    // A reset by whoever heard it.
    let (mut walk, _) = Walk::to_methods(&app, "ana@contoso.example").await;
    walk.by_email("ana@mail.example").await;
    walk.choose("mobile_phone").await;
    walk.type_number("+14255550100").await;
    walk.enter(&code).await.assert_shows("That code is not right").assert_hides("Choose a new password");
    // A second factor in ana's session.
    let mut own = app.browser();
    own.try_sign_in("ana", PASSWORD).await;
    let factor = own.get("/signin/verify?choose").await.input("factor");
    own.post("/signin/verify/send", &[("factor", &factor)]).await;
    let page = own.post("/signin/verify", &[("factor", &factor), ("code", &code)]).await;
    page.assert_shows("That code is not right");
}

#[tokio::test]
async fn t42_a_code_for_a_reset_tells_the_help_desk_nothing() {
    let app = TestApp::start().await;
    app.set_policy(|policy| policy.scope = Scope::All).await;
    let (mut hal, ana) = help_desk(&app).await;
    send(&mut hal, &ana).await;
    let (mut walk, _) = Walk::to_methods(&app, "ana@contoso.example").await;
    walk.choose("email").await;
    let code = app.code_for("ana@mail.example").await;
    let page = act(&mut hal, &ana, "verify-caller/code", &[("code", &code)]).await;
    page.assert_shows("That code is not right").assert_hides(KNOWN);
}

#[tokio::test]
async fn t42_an_approved_request_of_a_reset_tells_the_help_desk_nothing() {
    // Two kinds: where one is enough, a request alone opens no reset.
    let app = TestApp::start().await;
    crate::authenticator::allow(&app).await;
    let (mut hal, _) = help_desk(&app).await;
    let pia = app.add_user("pia").await;
    app.add_email(&pia, "pia@mail.example").await;
    let mut phone = app.phone(&pia).await;
    // A call is under way: what counts for it would count now.
    ask(&app, &mut hal, &pia, "email").await.assert_shows("A code is on its way to");
    let (_, page) = crate::authenticator::asked(&app, "pia@contoso.example").await;
    assert_eq!(phone.requests().await[0]["asked"], "reset");
    assert_eq!(phone.approve(&page.number()).await.status, 200);
    hal.get(&caller_page(&pia)).await.assert_shows("Nothing yet").assert_hides(KNOWN);
    act(&mut hal, &pia, "issue-pass", &[("minutes", "60")]).await.assert_shows("Verify the caller first");
}

#[tokio::test]
async fn a_code_counts_for_its_own_person_and_its_own_administrator() {
    let app = one_kind().await;
    let (mut hal, ana) = help_desk(&app).await;
    let mut hope = crate::policy::signed_in(&app, "hope", "helpdesk_administrator").await;
    let bob = app.add_user("bob").await;
    app.add_phone(&bob, "+14255550101").await;
    send(&mut hal, &ana).await;
    let code = app.code_for("+14255550100").await;
    for (browser, user) in [(&mut hal, &bob), (&mut hope, &ana)] {
        let page = act(browser, user, "verify-caller/code", &[("code", &code)]).await;
        page.assert_shows("no longer works").assert_hides(KNOWN);
    }
    act(&mut hal, &ana, "verify-caller/code", &[("code", &code)]).await.assert_shows(KNOWN);
}

#[tokio::test]
async fn five_wrong_codes_end_it_for_the_day_and_touch_no_reset() {
    let app = TestApp::start().await;
    app.set_policy(|policy| policy.scope = Scope::All).await;
    let (mut hal, ana) = help_desk(&app).await;
    for number in 0..5 {
        if number % 3 == 0 {
            app.advance(Duration::from_mins(3));
            send(&mut hal, &ana).await.assert_shows("A code is on its way");
        }
        let code = app.code_for("+14255550100").await;
        act(&mut hal, &ana, "verify-caller/code", &[("code", &wrong(&code))]).await.assert_hides(KNOWN);
    }
    let code = app.code_for("+14255550100").await;
    let page = act(&mut hal, &ana, "verify-caller/code", &[("code", &code)]).await;
    page.assert_shows("too many wrong codes").assert_hides(KNOWN);
    let blocked = record(&app, "Blocked from self-service password reset").await;
    assert_eq!(blocked.reason, "Too many failed tries to verify a caller");
    let (mut walk, _) = Walk::to_methods(&app, "ana@contoso.example").await;
    walk.by_email("ana@mail.example").await.assert_hides("Too many");
}

#[tokio::test]
async fn t42_what_no_message_reaches_is_not_asked_for() {
    let app = TestApp::start().await;
    let (mut hal, _) = help_desk(&app).await;
    let cleo = app.add_user("cleo").await;
    let seed = app.add_app(&cleo).await;
    let row = app.methods_of(&cleo).await.remove(0);
    let mut tx = app.engine.store.write().await.unwrap();
    for method in ["passkey", "recovery_code"] {
        let other = regain_store::Method {
            id: app.engine.new_id(),
            method: method.to_owned(),
            sealed: None,
            ..row.clone()
        };
        tx.add_method(&other).await.unwrap();
    }
    tx.commit().await.unwrap();
    hal.get(&caller_page(&cleo)).await.assert_shows("There is nothing to send a code to");
    for factor in ["", "mobile_phone", "push", "entered-mobile_phone", "00000000-0000-0000-0000-000000000000"]
    {
        let page = act(&mut hal, &cleo, "verify-caller/send", &[("factor", factor)]).await;
        page.assert_shows("Choose one of the methods");
    }
    act(&mut hal, &cleo, "verify-caller/send", &[("factor", &row.id.to_string())])
        .await
        .assert_shows("Choose one of the methods");
    // The code on her app is good for signing in: typed here it is nothing, with or without a code under way.
    let code = app.app_code(&seed, 0);
    let page = act(&mut hal, &cleo, "verify-caller/code", &[("code", &code)]).await;
    page.assert_shows("no longer works").assert_hides(KNOWN);
    app.add_phone(&cleo, "+14255550109").await;
    ask(&app, &mut hal, &cleo, "mobile_phone").await.assert_shows("A code is on its way");
    let page = act(&mut hal, &cleo, "verify-caller/code", &[("code", &code)]).await;
    page.assert_shows("That code is not right").assert_shows("Nothing yet");
}

#[tokio::test]
async fn the_caller_answers_on_the_phone_with_the_number_that_is_read_out() {
    let app = one_kind().await;
    let (mut hal, _) = help_desk(&app).await;
    let pia = app.add_user("pia").await;
    let mut phone = app.phone(&pia).await;
    let page = send(&mut hal, &pia).await;
    page.assert_shows("Read this number to the caller");
    let request = &phone.requests().await[0];
    assert_eq!(request["asked"], "help_desk");
    assert!(request["question"].as_str().unwrap().contains("Did you call the help desk"), "{request}");
    let status = format!("/admin/users/verify-caller/status?id={}", pia.id);
    assert_eq!(hal.get_raw(&status).await.body, "waiting");
    assert_eq!(app.browser().get_raw(&status).await.status, 404);
    assert_eq!(phone.approve(other(&page.number())).await.problem(), "number-wrong");
    hal.get(&caller_page(&pia)).await.assert_hides(KNOWN).assert_shows("Denied");
    app.advance(Duration::from_mins(2));
    let page = send(&mut hal, &pia).await;
    assert_eq!(phone.approve(&page.number()).await.status, 200);
    assert_eq!(hal.get_raw(&status).await.body, "over");
    hal.get(&caller_page(&pia)).await.assert_shows(KNOWN).assert_shows("Answer on the authenticator");
    let record = record(&app, "Verify caller").await;
    assert_eq!((record.result.as_str(), record.actor_upn.as_str()), ("success", "hal@contoso.example"));
    assert!(record.details.contains("\"way\":\"push\""), "{}", record.details);
}

#[tokio::test]
async fn of_many_who_type_the_right_code_at_once_one_proves() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    send(&mut hal, &ana).await;
    let code = app.code_for("+14255550100").await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let (mut browser, user, code) = (hal.clone(), ana.clone(), code.clone());
        tasks.spawn(async move {
            super::act_raw(&mut browser, &user, "verify-caller/code", &[("code", &code)]).await;
        });
    }
    tasks.join_all().await;
    let proved = app.audit().await.into_iter().filter(|row| row.0 == "Verify caller" && row.1 == "success");
    assert_eq!(proved.count(), 1);
    hal.get(&caller_page(&ana)).await.assert_shows("One proof of another kind").assert_hides(KNOWN);
}
