//! What ends every call about a person, and the pass that nobody used yet; nothing brings them back (T58, ruling 16).

use std::time::Duration;

use super::{
    KNOWN, act, act_raw, ask, caller_page, entered, help_desk, issued, overridden, pass_for, prove,
    prove_both, stored,
};
use crate::authenticator::{allow, asked};
use crate::policy::{GLOBAL, signed_in};
use crate::support::{Browser, Phone, TestApp};

const FIRST: &str = "Verify the caller first";

/// ana's reset is asked for on her phone, and she says that it was not her.
async fn report(app: &TestApp, phone: &mut Phone<'_>) {
    asked(app, "ana@contoso.example").await;
    let request = phone.request().await;
    assert_eq!(phone.answer(&request, "report", "").await.status, 200);
}

async fn pass_refused(browser: &mut Browser, user: &regain_store::User) {
    act(browser, user, "issue-pass", &[("minutes", "60")]).await.assert_shows(FIRST);
}

#[tokio::test]
async fn t58_a_report_of_anything_ends_calls_and_passes_of_that_person() {
    let app = TestApp::start().await;
    allow(&app).await;
    let (mut hal, ana) = help_desk(&app).await;
    let mut phone = app.phone(&ana).await;
    prove_both(&app, &mut hal, &ana).await.assert_shows(KNOWN);
    issued(&mut hal, &ana).await;
    let mut hope = signed_in(&app, "hope", "helpdesk_administrator").await;
    ask(&app, &mut hope, &ana, "office_phone").await.assert_shows("Choose one of the methods");
    overridden(&mut hope, &ana).await;
    report(&app, &mut phone).await;
    assert_eq!(stored(&app, &ana).await, None, "nobody used it yet");
    for browser in [&mut hal, &mut hope] {
        browser.get(&caller_page(&ana)).await.assert_hides(KNOWN).assert_shows("Nothing yet");
        pass_refused(browser, &ana).await;
    }
    assert_eq!(stored(&app, &ana).await, None);
    // Another call is begun from nothing.
    app.advance(Duration::from_mins(2));
    let page = prove(&app, &mut hal, &ana, "email", "ana@mail.example").await;
    page.assert_shows("One proof of another kind").assert_hides(KNOWN);
}

#[tokio::test]
async fn t58_a_report_ends_the_session_that_a_pass_opened_and_the_code_under_way() {
    let app = TestApp::start().await;
    allow(&app).await;
    let (mut hal, ana) = help_desk(&app).await;
    let mut phone = app.phone(&ana).await;
    let pass = pass_for(&mut hal, &ana).await;
    let mut inside = entered(&app, "ana", &pass).await;
    let mut hope = signed_in(&app, "hope", "helpdesk_administrator").await;
    ask(&app, &mut hope, &ana, "mobile_phone").await.assert_shows("A code is on its way");
    let code = app.code_for("+14255550100").await;
    report(&app, &mut phone).await;
    assert!(inside.get_raw("/security-info").await.location().starts_with("/signin"));
    let page = act(&mut hope, &ana, "verify-caller/code", &[("code", &code)]).await;
    page.assert_shows("no longer works").assert_hides(KNOWN);
}

#[tokio::test]
async fn t58_it_was_not_me_ends_what_was_known_and_not_the_administrators_session() {
    let app = TestApp::start().await;
    let boss = app.add_user("boss").await;
    app.grant(&boss, "global_administrator").await;
    let (mut hal, _) = help_desk(&app).await;
    let pia = app.add_user("pia").await;
    let mut phone = app.phone(&pia).await;
    ask(&app, &mut hal, &pia, "app_notification").await.assert_shows("Read this number");
    act(&mut hal, &pia, "verify-caller/override", &[("reason", "Sounds like her")]).await.assert_shows(KNOWN);
    let request = phone.request().await;
    assert_eq!(phone.answer(&request, "report", "").await.status, 200);
    hal.get(&caller_page(&pia)).await.assert_hides(KNOWN).assert_shows("Nothing yet");
    let reply = act_raw(&mut hal, &pia, "issue-pass", &[("minutes", "60")]).await;
    hal.follow(reply).await.assert_shows(FIRST);
    assert!(app.messages_to("boss@").await.iter().any(|mail| mail.text.contains("pia")));
}

#[tokio::test]
async fn ruling_16_removing_blocking_changing_and_a_role_end_a_call_and_the_unused_pass() {
    for (what, fields) in [
        ("remove-method", vec![]),
        ("save", vec![("display_name", "ana"), ("office_phone", "+1 4255550155")]),
        ("block", vec![("blocked", "true")]),
        ("set-password", vec![("temporary_password", "violet kettle")]),
        ("roles", vec![("roles[]", "reports_reader")]),
    ] {
        let app = TestApp::start().await;
        let mut boss = signed_in(&app, "boss", GLOBAL).await;
        let (mut hal, ana) = help_desk(&app).await;
        prove_both(&app, &mut hal, &ana).await.assert_shows(KNOWN);
        issued(&mut hal, &ana).await;
        let row = app.methods_of(&ana).await.remove(0).id.to_string();
        let fields = if what == "remove-method" { vec![("method", row.as_str())] } else { fields };
        act(&mut boss, &ana, what, &fields).await.assert_hides("There is a problem");
        assert_eq!(stored(&app, &ana).await, None, "{what}");
        let mut tx = app.engine.store.read().await.unwrap();
        let hal = tx.user_by_key("hal@contoso.example").await.unwrap().unwrap();
        assert_eq!(tx.open_help_call(hal.id, ana.id, app.now()).await.unwrap(), None, "{what}");
    }
}

#[tokio::test]
async fn ruling_16_what_somebody_removes_themselves_ends_a_call_and_no_pass_that_is_in_use() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    let pass = pass_for(&mut hal, &ana).await;
    let mut inside = entered(&app, "ana", &pass).await;
    hal.get(&caller_page(&ana)).await.assert_shows(KNOWN);
    let row = app.methods_of(&ana).await.remove(0).id.to_string();
    inside.post("/security-info/remove", &[("id", &row)]).await;
    assert_eq!(app.methods_of(&ana).await.len(), 1);
    hal.get(&caller_page(&ana)).await.assert_hides(KNOWN);
    pass_refused(&mut hal, &ana).await;
    assert_eq!(inside.get_raw("/security-info").await.status, 200, "registering goes on");
}
