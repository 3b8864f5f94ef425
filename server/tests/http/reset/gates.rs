//! The way through: one and two methods, each kind.

use regain_core::policy::MethodsRequired;

use super::walk::{NEW, Walk, alice, open, opens, ready};
use crate::support::PASSWORD;

#[tokio::test]
async fn r131_r183_two_methods_and_a_new_password() {
    let app = open().await;
    let user = alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    walk.finish(NEW).await.assert_shows("Your password has been reset").assert_shows("a•••@c•••.example");
    assert!(opens(&app, &user, NEW).await);
    assert!(!opens(&app, &user, PASSWORD).await, "R185: the old password still opens");
    let audit = app.audit().await;
    let reset = audit.iter().find(|(activity, ..)| activity == "Reset password (self-service)").unwrap();
    assert_eq!((reset.1.as_str(), reset.2.as_str()), ("success", "Successfully completed reset."));
}

#[tokio::test]
async fn r133_one_method_where_one_is_asked() {
    let app = open().await;
    alice(&app).await;
    app.set_policy(|policy| policy.methods_required = MethodsRequired::One).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_email("alice@mail.example").await.assert_shows("Choose a new password");
}

#[tokio::test]
async fn r142_a_code_from_an_app_is_a_step() {
    let app = open().await;
    let user = app.add_user("alice").await;
    app.add_email(&user, "alice@mail.example").await;
    let seed = app.add_app(&user).await;
    app.set_policy(|policy| policy.methods.insert(regain_core::method::Method::AppCode)).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("app_code").await.assert_shows("Enter your verification code");
    let page = walk.enter(&app.app_code(&seed, 0)).await;
    page.assert_shows("One more check")
        .assert_shows("Step 2 of 3")
        .assert_hides("Enter a code from my authenticator app");
    walk.by_email("alice@mail.example")
        .await
        .assert_shows("Choose a new password")
        .assert_shows("Step 3 of 3");
}

#[tokio::test]
async fn r136_the_number_in_any_usual_form_is_the_number() {
    let app = open().await;
    ready(&app, "ana", "+37120123456").await;
    for (typed, country) in [("+371 20 123 456", ""), ("0037120123456", ""), ("20123456", "LV")] {
        let (mut walk, _) = Walk::to_methods(&app, "ana@contoso.example").await;
        walk.choose("mobile_phone").await.assert_shows("Type your mobile number");
        let page = walk.browser.post("/reset/phone", &[("phone", typed), ("country", country)]).await;
        page.assert_shows("Enter your verification code");
        let code = app.code_for("+37120123456").await;
        walk.enter(&code).await.assert_shows("One more check");
        app.advance(std::time::Duration::from_mins(11));
    }
}

#[tokio::test]
async fn r136_another_number_gets_the_same_page_and_no_message() {
    let app = open().await;
    alice(&app).await;
    let (mut right, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    right.choose("mobile_phone").await;
    let same = right.type_number("+14255550100").await;
    app.advance(std::time::Duration::from_mins(11));
    let before = app.messages_to("+1425").await.len();
    let (mut other, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    other.choose("mobile_phone").await;
    let page = other.type_number("+14255550199").await;
    assert_eq!(super::walk::shape(&page, "alice@"), super::walk::shape(&same, "alice@"));
    assert_eq!(app.messages_to("+1425").await.len(), before);
}

#[tokio::test]
async fn r136_after_the_first_step_a_mismatch_is_an_error_that_counts() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_email("alice@mail.example").await.assert_shows("••••••••00");
    walk.choose("mobile_phone").await.assert_shows("••••••••00");
    for _ in 0..4 {
        walk.type_number("+14255550199").await.assert_shows("This is not the number on your account");
    }
    walk.type_number("+14255550199").await.assert_shows("Too many tries");
    assert!(app.messages_to("+1425").await.is_empty());
}

#[tokio::test]
async fn try_another_way_keeps_the_steps_that_were_passed() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_email("alice@mail.example").await;
    walk.choose("mobile_phone").await;
    let page = walk.browser.get("/reset/method").await;
    page.assert_shows("Checked by email").assert_hides("Email my alternate email");
    walk.by_text("+14255550100").await.assert_shows("Choose a new password");
}

#[tokio::test]
async fn r27_a_missing_authenticator_is_told_to_every_name_alike() {
    let app = open().await;
    alice(&app).await;
    app.set_policy(|policy| policy.methods.insert(regain_core::method::Method::AppNotification)).await;
    // Decoys are made up like alice, who has none.
    app.run_jobs().await;
    for name in ["alice@contoso.example", "ghost@contoso.example"] {
        let (mut walk, page) = Walk::to_methods(&app, name).await;
        page.assert_shows("Approve a notification on my authenticator app");
        walk.choose("app_notification").await.assert_shows("No authenticator is set up");
    }
}

#[tokio::test]
async fn r104_r134_a_second_mobile_phone_resets_nothing() {
    let app = open().await;
    let user = alice(&app).await;
    app.advance(std::time::Duration::from_secs(1));
    app.add_phone(&user, "+14255550199").await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_text("+14255550100").await.assert_shows("One more check").assert_hides("Text my mobile phone");
    walk.choose("mobile_phone").await.assert_shows("Choose a method");
    app.advance(std::time::Duration::from_mins(11));
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_email("alice@mail.example").await;
    walk.choose("mobile_phone").await;
    walk.type_number("+14255550199").await.assert_shows("There is a problem");
    assert!(app.messages_to("+14255550199").await.is_empty());
}

#[tokio::test]
async fn r104_two_mobile_phones_alone_are_too_few() {
    let app = open().await;
    app.set_policy(|policy| policy.explain = regain_core::policy::Explain::Always).await;
    let user = app.add_user("alice").await;
    app.add_phone(&user, "+14255550100").await;
    app.add_phone(&user, "+14255550199").await;
    let (_, page) = Walk::start(&app, "alice@contoso.example").await;
    page.assert_shows("SSPR_0014");
}
