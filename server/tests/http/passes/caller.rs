//! *Verify caller* without a message: a support code, the office number, a reason.

use std::time::Duration;

use regain_core::policy::Scope;
use regain_store::User;

use super::{act, act_raw, caller_page, help_desk, record};
use crate::reset::walk::Walk;
use crate::support::{Reply, TestApp};

const KNOWN: &str = "You can issue a temporary pass";
const WRONG: &str = "not the support code of a visit of this person";
const UNPROVED: &str = "a name, or a password alone, and no method";

#[track_caller]
fn code_on(page: &Reply) -> String {
    let text = page.text();
    let after = text.split("Support code ").last().expect("a code");
    after.split(' ').next().unwrap_or_default().to_owned()
}

/// A reset of this person past the first method; its support code.
async fn half_way(app: &TestApp, name: &str) -> String {
    let (mut walk, _) = Walk::to_methods(app, &format!("{name}@contoso.example")).await;
    code_on(&walk.by_email(&format!("{name}@mail.example")).await)
}

async fn open(app: &TestApp) {
    app.set_policy(|policy| policy.scope = Scope::All).await;
}

#[tokio::test]
async fn the_support_code_of_a_reset_past_a_method_tells_who_calls() {
    let app = TestApp::start().await;
    open(&app).await;
    let (mut hal, ana) = help_desk(&app).await;
    let code = half_way(&app, "ana").await;
    let spoken = code.to_lowercase().replace('-', " ");
    act(&mut hal, &ana, "verify-caller/support-code", &[("support_code", &spoken)]).await.assert_shows(KNOWN);
    let record = record(&app, "Verify caller").await;
    assert_eq!((record.result.as_str(), record.actor_upn.as_str()), ("success", "hal@contoso.example"));
    assert_eq!(record.target_name, "ana@contoso.example");
    assert!(record.details.contains("\"way\":\"support_code\""), "{}", record.details);
}

#[tokio::test]
async fn a_reset_that_anybody_can_begin_tells_nothing() {
    let app = TestApp::start().await;
    open(&app).await;
    let (mut hal, ana) = help_desk(&app).await;
    let (_, page) = Walk::to_methods(&app, "ana@contoso.example").await;
    let code = code_on(&page);
    let page = act(&mut hal, &ana, "verify-caller/support-code", &[("support_code", &code)]).await;
    page.assert_shows(UNPROVED).assert_hides(KNOWN);
    assert!(page.body.contains("href=\"#support-code\""), "the error leads to its field");
    assert_eq!(page.input("support_code"), code, "what was typed is kept");
    assert_eq!(record(&app, "Verify caller").await.result, "failure");
}

#[tokio::test]
async fn a_password_alone_is_enough_only_of_who_has_no_method() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    let bob = app.add_user("bob").await;
    for (user, shows) in [(&ana, UNPROVED), (&bob, KNOWN)] {
        let mut browser = app.browser();
        browser.try_sign_in(&user.display_name, crate::support::PASSWORD).await;
        let code = code_on(&browser.get("/signin/verify").await);
        let page = act(&mut hal, user, "verify-caller/support-code", &[("support_code", &code)]).await;
        page.assert_shows(shows);
        if shows == UNPROVED {
            app.prove_by(user, "email").await;
            let page = act(&mut hal, user, "verify-caller/support-code", &[("support_code", &code)]).await;
            page.assert_shows(KNOWN);
        }
    }
}

#[tokio::test]
async fn a_support_code_of_somebody_else_or_of_long_ago_is_none() {
    let app = TestApp::start().await;
    open(&app).await;
    let (mut hal, ana) = help_desk(&app).await;
    let bob = app.add_user("bob").await;
    app.add_email(&bob, "bob@mail.example").await;
    app.add_phone(&bob, "+14255550101").await;
    let (of_bob, of_ana) = (half_way(&app, "bob").await, half_way(&app, "ana").await);
    for code in [of_bob.as_str(), "ABCD-1234"] {
        let page = act(&mut hal, &ana, "verify-caller/support-code", &[("support_code", code)]).await;
        page.assert_shows(WRONG).assert_hides(KNOWN);
    }
    app.advance(Duration::from_secs(30 * 60 + 1));
    let mut hal = session_again(&app).await;
    let page = act(&mut hal, &ana, "verify-caller/support-code", &[("support_code", &of_ana)]).await;
    page.assert_shows(WRONG).assert_hides(KNOWN);
    let page = act(&mut hal, &ana, "verify-caller/support-code", &[("support_code", "12")]).await;
    page.assert_shows("Enter the eight letters and digits");
}

/// hal's session has idled meanwhile.
async fn session_again(app: &TestApp) -> crate::support::Browser {
    let mut tx = app.engine.store.read().await.unwrap();
    let hal = tx.user_by_key("hal@contoso.example").await.unwrap().unwrap();
    drop(tx);
    app.session(&hal).await
}

#[tokio::test]
async fn support_codes_are_counted_before_they_are_looked_for() {
    let app = TestApp::start().await;
    open(&app).await;
    let (mut hal, ana) = help_desk(&app).await;
    let code = half_way(&app, "ana").await;
    for number in 0..5 {
        let wrong = format!("ABCD-123{number}");
        let page = act(&mut hal, &ana, "verify-caller/support-code", &[("support_code", &wrong)]).await;
        page.assert_shows(WRONG);
    }
    let page = act(&mut hal, &ana, "verify-caller/support-code", &[("support_code", &code)]).await;
    page.assert_shows("Too many support codes were tried").assert_hides(KNOWN);
}

async fn with_office(app: &TestApp) -> User {
    let user = app.add_user("olga").await;
    let with = User { office_phone: Some("+1 4255550177".to_owned()), ..user.clone() };
    let mut tx = app.engine.store.write().await.unwrap();
    tx.update_user(&with).await.unwrap();
    tx.commit().await.unwrap();
    with
}

#[tokio::test]
async fn a_call_back_is_confirmed_and_written_down() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    let olga = with_office(&app).await;
    hal.get(&caller_page(&olga)).await.assert_shows("+1 4255550177");
    let page = act(&mut hal, &olga, "verify-caller/call-back", &[]).await;
    page.assert_shows("Confirm that you called the number").assert_hides(KNOWN);
    act(&mut hal, &olga, "verify-caller/call-back", &[("called_back", "true")]).await.assert_shows(KNOWN);
    assert!(record(&app, "Verify caller").await.details.contains("call_back"));
    // Whom the directory has no number of cannot be called back, whatever is posted.
    hal.get(&caller_page(&ana)).await.assert_shows("no office number");
    let page = act(&mut hal, &ana, "verify-caller/call-back", &[("called_back", "true")]).await;
    page.assert_shows("There is a problem").assert_hides(KNOWN);
}

#[tokio::test]
async fn t112_every_override_has_a_reason_is_recorded_and_told() {
    let app = TestApp::start().await;
    let boss = app.add_user("boss").await;
    app.grant(&boss, "global_administrator").await;
    let (mut hal, ana) = help_desk(&app).await;
    for reason in ["", " \n ", &"a".repeat(501)] {
        let page = act(&mut hal, &ana, "verify-caller/override", &[("reason", reason)]).await;
        page.assert_shows("There is a problem").assert_hides(KNOWN);
    }
    assert!(app.messages_to("boss@").await.is_empty());
    for (number, reason) in ["Seen at\nthe desk", "Seen again"].into_iter().enumerate() {
        act(&mut hal, &ana, "verify-caller/override", &[("reason", reason)]).await.assert_shows(KNOWN);
        let record = record(&app, "Verify caller").await;
        assert_eq!(record.reason, reason.replace('\n', " "));
        assert_eq!(record.actor_upn, "hal@contoso.example");
        assert!(record.details.contains("override"), "{}", record.details);
        let mails = app.messages_to("boss@").await;
        assert_eq!(mails.len(), number + 1, "every one is told");
        assert!(mails[0].text.contains(&record.reason), "{}", mails[0].text);
        assert!(mails[0].text.contains("hal@contoso.example"), "{}", mails[0].text);
    }
}

#[tokio::test]
async fn what_is_known_is_known_to_one_administrator_of_one_person_for_ten_minutes() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    let bob = app.add_user("bob").await;
    let mut other = crate::policy::signed_in(&app, "hope", "helpdesk_administrator").await;
    act(&mut hal, &ana, "verify-caller/override", &[("reason", "Seen")]).await.assert_shows(KNOWN);
    hal.get(&caller_page(&bob)).await.assert_hides(KNOWN);
    other.get(&caller_page(&ana)).await.assert_hides(KNOWN);
    app.advance(Duration::from_mins(10));
    hal.get(&caller_page(&ana)).await.assert_hides(KNOWN);
}

#[tokio::test]
async fn t112_nobody_verifies_themselves_or_who_stands_above() {
    let app = TestApp::start().await;
    let (mut hal, _) = help_desk(&app).await;
    let erin = app.add_user("erin").await;
    app.grant(&erin, "user_administrator").await;
    let mut tx = app.engine.store.read().await.unwrap();
    let own = tx.user_by_key("hal@contoso.example").await.unwrap().unwrap();
    drop(tx);
    for user in [&erin, &own] {
        assert_eq!(hal.get_raw(&caller_page(user)).await.status, 403);
        for what in ["send", "code", "support-code", "call-back", "override"] {
            let reply =
                act_raw(&mut hal, user, &format!("verify-caller/{what}"), &[("reason", "I say so")]).await;
            assert_eq!(reply.status, 403, "{what}");
        }
        let refused = record(&app, "Verify caller").await;
        assert_eq!((refused.result.as_str(), &*refused.reason), ("failure", "Insufficient privileges"));
        assert_eq!(refused.target_name, user.upn);
    }
}
