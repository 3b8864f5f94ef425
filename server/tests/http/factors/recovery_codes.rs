//! Saved codes: what is used up in a flow stands in it, and their owner is not shut out.

use regain_core::method::{Method, MethodSet};
use regain_core::policy::Scope;
use regain_store::User;

use crate::reset::walk::{NEW, Walk};
use crate::support::TestApp;

async fn office() -> (TestApp, User) {
    let app = TestApp::start().await;
    app.set_policy(|policy| {
        policy.scope = Scope::All;
        policy.methods = MethodSet::of(&[Method::Email, Method::AppCode]);
    })
    .await;
    app.beyond_the_boxes().await;
    let user = app.add_user("alice").await;
    (app, user)
}

/// Uses all codes of the person up but the last one.
async fn leave_one(app: &TestApp, user: &User) {
    let mut tx = app.engine.store.write().await.unwrap();
    let codes = tx.recovery_codes(user.id).await.unwrap();
    for (method_id, code) in codes.iter().rev().skip(1) {
        assert!(tx.take_recovery_code(*method_id, code.position, app.now()).await.unwrap());
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_last_code_of_a_set_finishes_a_reset_of_two_gates_that_has_no_third() {
    for code_first in [true, false] {
        let (app, user) = office().await;
        app.add_email(&user, "alice@mail.example").await;
        let codes = app.add_recovery_codes(&user).await;
        leave_one(&app, &user).await;
        let (mut walk, page) = Walk::to_methods(&app, "alice@contoso.example").await;
        page.assert_shows("recovery codes");
        if !code_first {
            walk.by_email("alice@mail.example").await;
        }
        walk.choose("recovery_code").await;
        walk.enter(&codes[9]).await;
        if code_first {
            walk.by_email("alice@mail.example").await.assert_shows("Choose a new password");
        }
        walk.finish(NEW).await.assert_shows("Your password has been reset");
    }
}

#[tokio::test]
async fn the_last_code_used_in_one_flow_is_no_gate_of_another() {
    let (app, user) = office().await;
    app.add_email(&user, "alice@mail.example").await;
    let codes = app.add_recovery_codes(&user).await;
    leave_one(&app, &user).await;
    let (mut first, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let (mut second, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    first.choose("recovery_code").await;
    second.choose("recovery_code").await;
    first.enter(&codes[9]).await.assert_shows("with a recovery code");
    second.enter(&codes[9]).await.assert_hides("with a recovery code");
    first.by_email("alice@mail.example").await.assert_shows("Choose a new password");
    first.finish(NEW).await.assert_shows("Your password has been reset");
}

#[tokio::test]
async fn recovery_codes_as_the_only_method_open_their_owners_security_info() {
    let (app, user) = office().await;
    let codes = app.add_recovery_codes(&user).await;
    let mut browser = app.session(&user).await;
    let page = browser.get("/security-info").await;
    page.assert_shows("Enter one of the recovery codes").assert_shows("16 letters and digits");
    let factor = page.input("factor");
    let enter = [("factor", factor.as_str()), ("next", "/security-info")];
    for (typed, problem) in [
        ("", "Enter the code"),
        ("123456", "Enter the 16 letters and digits"),
        ("ABCD-EFGH-JKMN-PQRS", "That code is not right"),
    ] {
        let page = browser.post("/signin/verify", &[&enter[..], &[("code", typed)]].concat()).await;
        page.assert_shows(problem);
    }
    let reply = browser.post_raw("/signin/verify/send", &enter).await;
    assert!(reply.location().starts_with("/signin/verify"), "nobody sends it");
    let page = browser.post("/signin/verify", &[&enter[..], &[("code", &codes[4])]].concat()).await;
    page.assert_shows("Your methods").assert_shows("9 left");
    let mut other = app.session(&user).await;
    let page = other.post("/signin/verify", &[&enter[..], &[("code", &codes[4])]].concat()).await;
    page.assert_shows("This recovery code was used already");
}

/// Used up is not never there.
#[tokio::test]
async fn a_set_that_is_used_up_lets_the_password_alone_register_nothing() {
    let (app, user) = office().await;
    app.add_recovery_codes(&user).await;
    leave_one(&app, &user).await;
    let mut tx = app.engine.store.write().await.unwrap();
    for (method_id, code) in tx.recovery_codes(user.id).await.unwrap() {
        tx.take_recovery_code(method_id, code.position, app.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut browser = app.session(&user).await;
    browser.get("/security-info").await.assert_shows("your password alone is not enough");
    let reply = browser.post_raw("/register/method", &[("method", "app_code")]).await;
    assert!(reply.location().starts_with("/signin/verify"), "{}", reply.location());
}
