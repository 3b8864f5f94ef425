//! Unlock: opens sign-in, leaves the password.

use regain_server::account_key::account_key;

use super::walk::{NEW, Walk, alice, open, opens};
use crate::support::{PASSWORD, TestApp};

pub(super) async fn lock_sign_in(app: &TestApp) -> String {
    let account = account_key(&app.engine.keys, "alice@contoso.example");
    let mut tx = app.engine.store.write().await.unwrap();
    tx.set_lockout(&account, "familiar", "{\"failures\":10,\"locks\":1}", app.now()).await.unwrap();
    tx.commit().await.unwrap();
    account
}

pub(super) async fn is_locked(app: &TestApp, account: &str) -> bool {
    let mut tx = app.engine.store.read().await.unwrap();
    tx.lockout(account, "familiar").await.unwrap().is_some()
}

#[tokio::test]
async fn r128_r225_it_clears_the_lockout_and_keeps_the_password() {
    let app = open().await;
    let user = alice(&app).await;
    let account = lock_sign_in(&app).await;
    let (mut walk, _) = Walk::to_methods_for(&app, "alice@contoso.example", "unlock").await;
    walk.by_email("alice@mail.example").await.assert_shows("Step 2 of 2");
    assert!(is_locked(&app, &account).await);
    walk.by_text("+14255550100")
        .await
        .assert_shows("Your account is unlocked")
        .assert_shows("has not changed");
    assert!(!is_locked(&app, &account).await);
    assert!(opens(&app, &user, PASSWORD).await);
    let audit = app.audit().await;
    assert!(
        audit.iter().any(|(what, how, _)| what == "Unlock user account (self-service)" && how == "success")
    );
    let mails = app.messages_to("alice@mail.example").await;
    assert!(mails.iter().any(|mail| mail.subject.contains("was unlocked")));
}

#[tokio::test]
async fn r128_r182_a_reset_clears_the_lockout_at_once() {
    let app = open().await;
    alice(&app).await;
    let mut browser = app.browser();
    for number in 0..10 {
        browser.try_sign_in("alice", &format!("wrong guess {number}")).await;
    }
    let locked = browser.try_sign_in("alice", PASSWORD).await;
    browser.follow(locked).await.assert_shows("sign-in is locked for now");
    let account = lock_sign_in(&app).await;
    let mut walk = Walk::to_password(&app).await;
    assert!(is_locked(&app, &account).await, "a proof alone opens nothing");
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(!is_locked(&app, &account).await);
    let reply = browser.try_sign_in("alice", NEW).await;
    assert!(!reply.location().starts_with("/signin"), "R184: in without waiting: {}", reply.location());
}

#[tokio::test]
async fn t29_an_unlock_never_sets_a_password() {
    let app = open().await;
    let user = alice(&app).await;
    let (mut walk, _) = Walk::to_methods_for(&app, "alice@contoso.example", "unlock").await;
    walk.by_email("alice@mail.example").await;
    walk.finish(NEW).await.assert_shows("One more check");
    // Once something is proved for an unlock, it stays an unlock.
    walk.browser.post("/reset/why", &[("intent", "reset")]).await;
    walk.by_text("+14255550100").await.assert_shows("Your account is unlocked");
    walk.finish(NEW).await.assert_shows("Your account is unlocked");
    assert!(opens(&app, &user, PASSWORD).await);
}

#[tokio::test]
async fn r126_the_choice_is_offered_to_every_name_alike() {
    let app = open().await;
    alice(&app).await;
    for name in ["alice@contoso.example", "ghost@contoso.example"] {
        let (_, page) = Walk::start(&app, name).await;
        page.assert_shows("I forgot my password").assert_shows("I know my password, but still can’t sign in");
    }
}

#[tokio::test]
async fn r127_without_the_setting_only_the_reset_is_there() {
    let app = open().await;
    alice(&app).await;
    app.set_policy(|policy| policy.unlock_allowed = false).await;
    for name in ["alice@contoso.example", "ghost@contoso.example"] {
        let (mut walk, page) = Walk::start(&app, name).await;
        page.assert_shows("How should we check it’s you?");
        walk.browser.post("/reset/why", &[("intent", "unlock")]).await.assert_shows("How should we check");
    }
}

#[tokio::test]
async fn t29_an_unlock_does_not_become_a_reset_when_unlocking_is_switched_off() {
    let app = open().await;
    let user = alice(&app).await;
    let (mut walk, _) = Walk::to_methods_for(&app, "alice@contoso.example", "unlock").await;
    walk.by_email("alice@mail.example").await;
    app.set_policy(|policy| policy.unlock_allowed = false).await;
    walk.by_text_after_switch().await;
    walk.finish(NEW).await.assert_shows("This reset was closed");
    assert!(opens(&app, &user, PASSWORD).await);
}

impl Walk<'_> {
    async fn by_text_after_switch(&mut self) {
        self.choose("mobile_phone").await.assert_shows("This reset was closed");
    }
}

#[tokio::test]
async fn no_choice_is_told() {
    let app = open().await;
    let (mut walk, _) = Walk::start(&app, "ghost").await;
    walk.browser.post("/reset/why", &[]).await.assert_shows("Choose what fits you");
}

#[tokio::test]
async fn an_unlock_that_only_misses_its_last_click_has_a_button() {
    let app = open().await;
    alice(&app).await;
    app.set_policy(|_| {}).await;
    let (mut walk, _) = Walk::to_methods_for(&app, "alice@contoso.example", "unlock").await;
    walk.by_email("alice@mail.example").await;
    app.set_policy(|policy| policy.methods_required = regain_core::policy::MethodsRequired::One).await;
    walk.browser.get("/reset/verify").await.assert_shows("Unlock my account");
    walk.browser.post("/reset/unlock", &[]).await.assert_shows("Your account is unlocked");
}
