//! The new password itself.

use super::walk::{NEW, Walk, alice, open, opens};
use crate::support::PASSWORD;

#[tokio::test]
async fn r158_what_breaks_a_rule_is_told_and_may_be_tried_again() {
    let app = open().await;
    let user = alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    for bad in ["", "short", "passwordpassword", "alice alice alice alice"] {
        let page = walk.finish(bad).await;
        page.assert_shows("There is a problem").assert_shows("New password");
        assert!(
            bad.is_empty() || !page.body.contains(&format!("value=\"{bad}\"")),
            "a password is never shown again"
        );
    }
    assert!(opens(&app, &user, PASSWORD).await);
    walk.finish(NEW).await.assert_shows("Your password has been reset");
}

#[tokio::test]
async fn r151_the_confirmation_must_match() {
    let app = open().await;
    let user = alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    let fields = [("new_password", NEW), ("confirm_password", "something else")];
    walk.browser.post("/reset/password", &fields).await.assert_shows("There is a problem");
    assert!(opens(&app, &user, PASSWORD).await);
}

#[tokio::test]
async fn r157_the_last_password_may_come_back() {
    let app = open().await;
    let user = alice(&app).await;
    Walk::to_password(&app).await.finish(PASSWORD).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, PASSWORD).await);
}

#[tokio::test]
async fn a_suggested_passphrase_is_accepted() {
    let app = open().await;
    let user = alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    let page = walk.browser.get("/reset/password?another").await;
    page.assert_shows("Suggest a passphrase");
    let phrase = page.body.split("id=\"suggestion\"").nth(1).unwrap();
    let phrase = phrase.split('>').nth(1).unwrap().split('<').next().unwrap().to_owned();
    walk.finish(&phrase).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, &phrase).await);
}

#[tokio::test]
async fn password_managers_see_whose_password_it_is() {
    let app = open().await;
    alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    let page = walk.browser.get("/reset/password").await;
    assert_eq!(page.input("username"), "alice@contoso.example");
    assert!(page.body.contains("autocomplete=\"new-password\"") && page.body.contains("minlength: 15"));
}

#[tokio::test]
async fn r160_a_meter_named_password_strength_is_there() {
    let app = open().await;
    alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    let page = walk.browser.get("/reset/password").await;
    let meter = page.body.split('<').find(|tag| tag.contains("role=\"meter\"")).expect("a meter");
    assert!(meter.contains("aria-label=\"Password strength\""), "{meter}");
    assert!(meter.contains("aria-valuenow=\"0\"") && meter.contains("aria-valuemax=\"4\""), "{meter}");
    page.assert_shows("The strength shows here as you type");
}
