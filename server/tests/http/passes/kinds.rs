//! How well a caller is known: kinds that add up within one call, compared with what a reset demands (ruling 16).

use std::time::Duration;

use regain_core::policy::{MethodsRequired, Scope};
use regain_store::User;

use super::{
    KNOWN, act, act_raw, ask, caller_page, help_desk, issued, pass_page, prove, prove_both, record, stored,
};
use crate::policy::{GLOBAL, signed_in};
use crate::register::register_phone;
use crate::support::TestApp;

const MISSING: &str = "One proof of another kind";

async fn demand_one(app: &TestApp) {
    app.set_policy(|policy| policy.methods_required = MethodsRequired::One).await;
}

/// Somebody of whom a directory has a mobile number and an address, and who registered nothing.
async fn prefilled(app: &TestApp) -> User {
    let user = User {
        mobile_phone: Some("+1 4255550123".to_owned()),
        alternate_email: Some("paul@mail.example".to_owned()),
        ..app.add_user("paul").await
    };
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&user).await.unwrap();
    tx.commit().await.unwrap();
    user
}

#[tokio::test]
async fn ruling_16_kinds_add_up_within_one_call() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    hal.get(&caller_page(&ana)).await.assert_shows("2 proofs of different kinds").assert_shows("Nothing yet");
    let page = prove(&app, &mut hal, &ana, "email", "ana@mail.example").await;
    page.assert_shows("Code by email to").assert_shows(MISSING).assert_hides(KNOWN);
    assert!(!page.body.contains("ana@mail.example"), "masked");
    // A mailbox alone opened half a reset; no pass for it.
    hal.get(&pass_page(&ana)).await.assert_shows("First find out who is calling");
    act(&mut hal, &ana, "issue-pass", &[("minutes", "60")]).await.assert_shows("Verify the caller first");
    assert_eq!(stored(&app, &ana).await, None);
    // The mailbox tells nothing more, and is not asked again.
    ask(&app, &mut hal, &ana, "email").await.assert_shows("Choose one of the methods");
    let page = prove(&app, &mut hal, &ana, "mobile_phone", "+14255550100").await;
    page.assert_shows(KNOWN).assert_shows("what a reset of this person demands");
    issued(&mut hal, &ana).await;
    let record = record(&app, "Admin issued temporary pass").await;
    assert!(record.details.contains("\"callerVerifiedBy\":\"email, mobile_phone\""), "{}", record.details);
}

#[tokio::test]
async fn ruling_16_one_kind_is_enough_where_a_reset_demands_one_and_never_of_administrators() {
    let app = TestApp::start().await;
    demand_one(&app).await;
    let (_, ana) = help_desk(&app).await;
    let mut boss = signed_in(&app, "boss", GLOBAL).await;
    prove(&app, &mut boss, &ana, "mobile_phone", "+14255550100").await.assert_shows(KNOWN);
    let erin = app.add_user("erin").await;
    app.grant(&erin, "user_administrator").await;
    app.add_email(&erin, "erin@mail.example").await;
    app.add_phone(&erin, "+14255550188").await;
    let page = prove(&app, &mut boss, &erin, "email", "erin@mail.example").await;
    page.assert_shows(MISSING).assert_hides(KNOWN);
    prove(&app, &mut boss, &erin, "mobile_phone", "+14255550188").await.assert_shows(KNOWN);
    // What was enough is too little as soon as more is demanded.
    app.set_policy(|policy| policy.methods_required = MethodsRequired::Two).await;
    boss.get(&caller_page(&ana)).await.assert_shows(MISSING).assert_hides(KNOWN);
    act(&mut boss, &ana, "issue-pass", &[("minutes", "60")]).await.assert_shows("Verify the caller first");
}

#[tokio::test]
async fn ruling_16_who_was_imported_is_helped_without_an_override_where_one_kind_is_enough() {
    let app = TestApp::start().await;
    demand_one(&app).await;
    let (mut hal, _) = help_desk(&app).await;
    let paul = prefilled(&app).await;
    hal.get(&caller_page(&paul)).await.assert_shows("counts as one kind together");
    let page = prove(&app, &mut hal, &paul, "mobile_phone", "4255550123").await;
    page.assert_shows(KNOWN).assert_shows("entered by an administrator or a directory");
    issued(&mut hal, &paul).await;
    assert!(record(&app, "Admin issued temporary pass").await.details.contains("mobile_phone"));
}

#[tokio::test]
async fn ruling_16_what_was_entered_is_one_kind_together() {
    let app = TestApp::start().await;
    let (mut hal, _) = help_desk(&app).await;
    let paul = prefilled(&app).await;
    prove(&app, &mut hal, &paul, "mobile_phone", "4255550123").await.assert_shows(MISSING);
    let page = ask(&app, &mut hal, &paul, "email").await;
    page.assert_shows("Choose one of the methods").assert_shows("nothing left that would tell more");
    act(&mut hal, &paul, "issue-pass", &[("minutes", "60")]).await.assert_shows("Verify the caller first");
    act(&mut hal, &paul, "verify-caller/override", &[("reason", "Seen")]).await.assert_shows(KNOWN);
    issued(&mut hal, &paul).await;
    let record = record(&app, "Admin issued temporary pass").await;
    assert!(record.details.contains("\"callerVerifiedBy\":\"override\""), "{}", record.details);
    // Beside what the person registered it is the second kind.
    let app = TestApp::start().await;
    let (mut hal, _) = help_desk(&app).await;
    let paul = prefilled(&app).await;
    app.add_email(&paul, "own@mail.example").await;
    prove(&app, &mut hal, &paul, "email", "own@mail.example").await.assert_shows(MISSING);
    prove(&app, &mut hal, &paul, "mobile_phone", "4255550123").await.assert_shows(KNOWN);
}

#[tokio::test]
async fn ruling_16_two_administrators_at_once_have_two_calls() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    let mut hope = signed_in(&app, "hope", "helpdesk_administrator").await;
    prove(&app, &mut hal, &ana, "email", "ana@mail.example").await.assert_shows(MISSING);
    let page = prove(&app, &mut hope, &ana, "mobile_phone", "+14255550100").await;
    page.assert_shows(MISSING).assert_hides(KNOWN);
    hal.get(&caller_page(&ana)).await.assert_hides(KNOWN).assert_hides("Code by text");
    for browser in [&mut hal, &mut hope] {
        act(browser, &ana, "issue-pass", &[("minutes", "60")]).await.assert_shows("Verify the caller first");
    }
    act(&mut hal, &ana, "verify-caller/override", &[("reason", "Seen")]).await.assert_shows(KNOWN);
    hope.get(&caller_page(&ana)).await.assert_hides(KNOWN);
}

#[tokio::test]
async fn ruling_16_one_administrator_with_two_callers_has_two_calls() {
    let app = TestApp::start().await;
    demand_one(&app).await;
    let (mut hal, ana) = help_desk(&app).await;
    let bob = app.add_user("bob").await;
    app.add_phone(&bob, "+14255550101").await;
    ask(&app, &mut hal, &ana, "mobile_phone").await;
    ask(&app, &mut hal, &bob, "mobile_phone").await;
    let (of_ana, of_bob) = (app.code_for("+14255550100").await, app.code_for("+14255550101").await);
    act(&mut hal, &ana, "verify-caller/code", &[("code", &of_ana)]).await.assert_shows(KNOWN);
    hal.get(&caller_page(&bob)).await.assert_hides(KNOWN);
    act(&mut hal, &bob, "verify-caller/code", &[("code", &of_bob)]).await.assert_shows(KNOWN);
}

#[tokio::test]
async fn ruling_16_after_ten_minutes_everything_is_asked_anew() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    prove(&app, &mut hal, &ana, "email", "ana@mail.example").await;
    app.advance(Duration::from_mins(9));
    ask(&app, &mut hal, &ana, "mobile_phone").await;
    let code = app.code_for("+14255550100").await;
    app.advance(Duration::from_mins(1));
    // The code itself would live on.
    let page = act(&mut hal, &ana, "verify-caller/code", &[("code", &code)]).await;
    page.assert_shows("no longer works").assert_shows("Nothing yet").assert_hides(KNOWN);
    prove_both(&app, &mut hal, &ana).await.assert_shows(KNOWN);
}

#[tokio::test]
async fn ruling_16_a_method_that_nothing_lets_prove_tells_nothing() {
    let app = TestApp::start().await;
    app.set_policy(|policy| {
        policy.scope = Scope::All;
        policy.methods_required = MethodsRequired::One;
        policy.methods = regain_core::method::MethodSet::of(&[regain_core::method::Method::MobilePhone]);
    })
    .await;
    let (mut hal, ana) = help_desk(&app).await;
    // A mailbox neither resets nor signs in here.
    ask(&app, &mut hal, &ana, "email").await.assert_shows("Choose one of the methods");
    prove(&app, &mut hal, &ana, "mobile_phone", "+14255550100").await.assert_shows(KNOWN);
}

/// Whoever took a session over adds a number of their own, and calls the help desk with it.
#[tokio::test]
async fn t65_what_came_within_a_day_is_never_all_that_a_caller_proves() {
    let app = TestApp::start().await;
    app.set_policy(|policy| {
        policy.scope = Scope::All;
        policy.methods_required = MethodsRequired::One;
    })
    .await;
    let bob = app.add_user("bob").await;
    app.add_email(&bob, "bob@mail.example").await;
    app.advance(Duration::from_hours(24));
    let mut own = app.session(&bob).await;
    app.prove_by(&bob, "email").await;
    register_phone(&app, &mut own, "+371 20000001").await.assert_shows("Phone added");
    let (mut hal, _) = help_desk(&app).await;
    let page = prove(&app, &mut hal, &bob, "mobile_phone", "+37120000001").await;
    page.assert_shows("something that the person has had for a day").assert_hides(KNOWN);
    act(&mut hal, &bob, "issue-pass", &[("minutes", "60")]).await.assert_shows("Verify the caller first");
    prove(&app, &mut hal, &bob, "email", "bob@mail.example").await.assert_shows(KNOWN);
}

#[tokio::test]
async fn ruling_16_every_override_wants_a_fresh_factor() {
    let app = TestApp::start_strict().await;
    let hal = app.add_user("hal").await;
    app.grant(&hal, "helpdesk_administrator").await;
    app.add_app(&hal).await;
    let olga = User { office_phone: Some("+1 4255550177".to_owned()), ..app.add_user("olga").await };
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&olga).await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = app.session(&hal).await;
    app.prove(&hal).await;
    app.advance(Duration::from_mins(6));
    for (what, field) in [("override", ("reason", "Seen")), ("call-back", ("called_back", "true"))] {
        let reply = act_raw(&mut browser, &olga, &format!("verify-caller/{what}"), &[field]).await;
        assert!(reply.location().starts_with("/signin/verify?next="), "{}", reply.location());
        let mut tx = app.engine.store.read().await.unwrap();
        assert_eq!(tx.open_help_call(hal.id, olga.id, app.now()).await.unwrap(), None);
    }
    app.prove(&hal).await;
    act(&mut browser, &olga, "verify-caller/call-back", &[("called_back", "true")]).await.assert_shows(KNOWN);
}
