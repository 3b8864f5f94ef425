//! Passkeys and recovery codes at a reset.

use regain_core::policy::MethodsRequired;
use regain_core::time::Duration;
use regain_store::User;

use super::walk::{NEW, Walk, alice, open};
use crate::support::{Reply, SecurityKey, TOUCHED, TestApp, asked};

async fn office() -> TestApp {
    let app = open().await;
    app.beyond_the_boxes().await;
    app
}

/// The person's list of methods.
async fn info(app: &TestApp, user: &User) -> Reply {
    let mut browser = app.session(user).await;
    app.prove(user).await;
    browser.get("/security-info").await
}

async fn show(walk: &mut Walk<'_>, answer: &str) -> Reply {
    walk.browser.post("/reset/passkey", &[("credential", answer)]).await
}

#[tokio::test]
async fn a_passkey_and_a_recovery_code_are_two_kinds_and_reset_a_password() {
    let app = office().await;
    let user = app.add_user("alice").await;
    let mut key = app.add_passkey(&user).await;
    let codes = app.add_recovery_codes(&user).await;
    let (mut walk, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    page.assert_shows("Use my passkey").assert_shows("Enter one of my recovery codes");
    let page = walk.choose("passkey").await;
    let answer = key.get(&page);
    show(&mut walk, &answer).await.assert_shows("with your passkey").assert_hides("Use my passkey");
    walk.choose("recovery_code").await.assert_shows("Enter a recovery code");
    // As people type it.
    walk.enter(&codes[3].to_lowercase().replace('-', " ")).await.assert_shows("Choose a new password");
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    let left = app.engine.store.read().await.unwrap().recovery_codes(user.id).await.unwrap();
    assert_eq!(left.len(), 9);
}

#[tokio::test]
async fn t39_a_recovery_code_works_once_and_two_at_once_are_one() {
    let app = office().await;
    let user = alice(&app).await;
    let codes = app.add_recovery_codes(&user).await;
    let (mut first, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    first.choose("recovery_code").await;
    let mut twin = Walk { app: &app, browser: first.browser.clone() };
    let (one, other) = tokio::join!(first.enter(&codes[0]), twin.enter(&codes[0]));
    let passed = [one, other].iter().filter(|page| page.text().contains("with a recovery code")).count();
    assert!(passed >= 1);
    let mut tx = app.engine.store.read().await.unwrap();
    assert_eq!(tx.recovery_codes(user.id).await.unwrap().len(), 9);
    drop(tx);
    let (mut again, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    again.choose("recovery_code").await;
    again.enter(&codes[0]).await.assert_shows("This recovery code was used already");
}

#[tokio::test]
async fn the_last_code_of_a_set_still_opens_its_own_reset_and_then_there_is_none() {
    let app = office().await;
    let user = alice(&app).await;
    let codes = app.add_recovery_codes(&user).await;
    let mut tx = app.engine.store.write().await.unwrap();
    for (method_id, code) in tx.recovery_codes(user.id).await.unwrap().into_iter().take(9) {
        tx.take_recovery_code(method_id, code.position, app.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    info(&app, &user).await.assert_shows("1 left").assert_shows("Make new ones");
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("recovery_code").await;
    walk.enter(&codes[9]).await.assert_shows("with a recovery code");
    walk.by_email("alice@mail.example").await.assert_shows("Choose a new password");
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    info(&app, &user).await.assert_shows("None left").assert_shows("Not in use");
    let (_, page) = Walk::to_methods(&app, "alice@contoso.example").await;
    page.assert_hides("recovery codes");
}

#[tokio::test]
async fn t35_three_wrong_recovery_codes_end_the_try_and_five_lock_the_way_back() {
    let app = office().await;
    let user = alice(&app).await;
    let codes = app.add_recovery_codes(&user).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("recovery_code").await;
    walk.enter("ABCD-EFGH").await.assert_shows("Enter the 16 letters and digits");
    for _ in 0..3 {
        walk.enter("0000-0000-0000-0000").await.assert_shows("There is a problem");
    }
    walk.choose("recovery_code").await;
    for _ in 0..2 {
        walk.enter("0000-0000-0000-0000").await;
    }
    walk.enter(&codes[0]).await.assert_hides("with a recovery code");
    assert_eq!(app.engine.store.read().await.unwrap().recovery_codes(user.id).await.unwrap().len(), 10);
}

#[tokio::test]
async fn somebody_elses_passkey_another_sites_and_an_old_answer_prove_nothing() {
    let app = office().await;
    let user = alice(&app).await;
    let mut key = app.add_passkey(&user).await;
    let mallory = app.add_user("mallory").await;
    let mut other = app.add_passkey(&mallory).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("passkey").await;
    let answer = other.get(&page);
    show(&mut walk, &answer).await.assert_shows("does not belong to this account");
    // Touched, but not unlocked.
    key.flags = TOUCHED;
    let answer = key.get(&page);
    show(&mut walk, &answer).await.assert_shows("does not belong to this account");
    app.advance(Duration::from_hours(25));
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    // An answer to what another flow asked.
    let mut key = key.at(app.engine.config.public_url.origin());
    key.flags = 5;
    let old = key.get(&page);
    let page = walk.choose("passkey").await;
    show(&mut walk, &old).await.assert_shows("does not belong to this account");
    let mut key = key.at("https://contoso.evil.example");
    let answer = key.get(&page);
    show(&mut walk, &answer).await.assert_shows("does not belong to this account");
    let mut key = key.at(app.engine.config.public_url.origin());
    let answer = key.get(&page);
    let reply = show(&mut walk, &answer).await;
    reply.assert_shows("with your passkey");
}

#[tokio::test]
async fn a_passkey_whose_counter_goes_back_is_a_copy_and_proves_nothing() {
    let app = office().await;
    let user = alice(&app).await;
    let mut key = app.add_passkey(&user).await;
    key.counter = 41;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("passkey").await;
    let answer = key.get(&page);
    show(&mut walk, &answer).await.assert_shows("with your passkey");
    key.counter = 7;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("passkey").await;
    let answer = key.get(&page);
    show(&mut walk, &answer).await.assert_shows("does not belong to this account");
}

#[tokio::test]
async fn t4_what_a_page_asks_the_browser_tells_nothing_of_the_account() {
    let app = office().await;
    let user = alice(&app).await;
    app.add_passkey(&user).await;
    app.run_jobs().await;
    let mut shapes = Vec::new();
    for name in ["alice@contoso.example", "ghost@contoso.example"] {
        let (mut walk, _) = Walk::to_methods(&app, name).await;
        let mut options = asked(&walk.choose("passkey").await);
        options["challenge"] = "".into();
        assert!(options["allowCredentials"].as_array().is_none_or(Vec::is_empty));
        assert_eq!(options["userVerification"], "required");
        shapes.push(options);
        let answer = SecurityKey::new(&app);
        let _ = answer;
        show(&mut walk, "{}").await.assert_shows("does not belong to this account");
        show(&mut walk, "").await.assert_shows("Your browser gave no passkey");
    }
    assert_eq!(shapes[0], shapes[1]);
}

#[tokio::test]
async fn one_required_method_can_be_a_passkey() {
    let app = office().await;
    app.set_policy(|policy| policy.methods_required = MethodsRequired::One).await;
    let user = app.add_user("alice").await;
    let mut key = app.add_passkey(&user).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let page = walk.choose("passkey").await;
    let answer = key.get(&page);
    show(&mut walk, &answer).await.assert_shows("Choose a new password");
}
