//! Contact data that an administrator entered, beside what the person registered.

use regain_core::policy::Explain;
use regain_store::User;

use super::walk::{NEW, Walk, open, opens};
use crate::support::TestApp;

/// alice with nothing but this on her row.
async fn entered(app: &TestApp, phone: &str, email: &str) -> User {
    let mut user = app.add_user("alice").await;
    user.mobile_phone = Some(phone.to_owned()).filter(|phone| !phone.is_empty());
    user.alternate_email = Some(email.to_owned()).filter(|email| !email.is_empty());
    app.save(&user).await;
    user
}

#[tokio::test]
async fn r96_r102_what_an_administrator_entered_resets_at_once() {
    let app = open().await;
    let user = entered(&app, "+1 4255550100", "alice@mail.example").await;
    let mut walk = Walk::to_password(&app).await;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);
    assert!(app.methods_of(&user).await.is_empty(), "and registers nothing");
}

#[tokio::test]
async fn r97_a_number_without_its_space_counts_as_missing() {
    let app = open().await;
    let user = entered(&app, "+14255550123", "alice@mail.example").await;
    app.set_policy(|policy| policy.explain = Explain::Always).await;
    for malformed in ["+14255550123", "425 5550123", "+999 4255550123", "+1 425555012", ""] {
        app.save(&User { mobile_phone: Some(malformed.to_owned()), ..user.clone() }).await;
        let (_, page) = Walk::start(&app, "alice@contoso.example").await;
        page.assert_shows("SSPR_0014");
    }
    // Without a reason on the page, no code is ever sent for it either.
    app.set_policy(|policy| policy.explain = Explain::Never).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("mobile_phone").await;
    walk.type_number("+1 4255550123").await.assert_shows("Enter your verification code");
    assert!(app.messages_to("+1425").await.is_empty());
    app.advance(std::time::Duration::from_mins(11));
    app.save(&User { mobile_phone: Some("+1 4255550123".to_owned()), ..user }).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.by_text("+14255550123").await.assert_shows("One more check");
}

#[tokio::test]
async fn r99_what_the_person_registered_goes_before_what_was_entered() {
    let app = open().await;
    let user = entered(&app, "+1 4255550100", "entered@mail.example").await;
    app.add_email(&user, "registered@mail.example").await;
    app.add_phone(&user, "+37120123456").await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let code = app.code_for("registered@mail.example").await;
    assert!(app.messages_to("entered@mail.example").await.is_empty());
    walk.enter(&code).await.assert_shows("One more check").assert_shows("••••••••56");
    walk.choose("mobile_phone").await;
    walk.type_number("+1 4255550100").await.assert_shows("This is not the number on your account");
    walk.type_number("+371 20123456").await.assert_shows("Enter your verification code");
    app.run_jobs().await;
    assert!(app.messages_to("+14255550100").await.is_empty());
    let code = app.code_for("+37120123456").await;
    walk.enter(&code).await.assert_shows("Choose a new password");
}
