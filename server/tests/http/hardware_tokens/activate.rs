//! Activating and deleting.

use std::time::Duration;

use super::{activate, code, give, manager, on_the_minute, tokens_of, upload_one};
use crate::policy::{GLOBAL, signed_in};
use crate::support::TestApp;

#[tokio::test]
async fn a_token_is_activated_with_one_code_and_its_owner_is_told() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = manager(&app).await;
    upload_one(&mut browser, "ana", "FT-1", 60).await;
    let token = tokens_of(&app, &ana).await.remove(0);
    let page = browser.get(&format!("/admin/hardware-tokens/{}/activate", token.id)).await;
    page.assert_shows("Activate token FT-1").assert_shows("ana@contoso.example");
    on_the_minute(&app);
    activate(&mut browser, &token, &code(&app, 60, 0)).await.assert_shows("The token is activated.");
    let row = app.methods_of(&ana).await.remove(0);
    assert_eq!((row.method.as_str(), row.label.as_str()), ("app_code", "Hardware token FT-1"));
    assert_eq!(row.last_step, Some(app.now().seconds() / 60));
    assert_eq!(tokens_of(&app, &ana).await.remove(0).sealed, None, "the seed is in one place");
    let mails = app.messages_to("ana@contoso.example").await;
    assert!(mails[0].subject.contains("a hardware token was added"), "{}", mails[0].subject);
    assert!(mails[0].text.contains("FT-1"), "{}", mails[0].text);
    assert!(app.audit().await.iter().any(|(.., reason)| reason == "Hardware token activated"));
    // Once more it is activated already.
    activate(&mut browser, &token, &code(&app, 60, 60)).await.assert_shows("activated already");
}

#[tokio::test]
async fn wrong_codes_are_counted_and_the_sixth_try_is_not_compared() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = manager(&app).await;
    upload_one(&mut browser, "ana", "1", 30).await;
    let token = tokens_of(&app, &ana).await.remove(0);
    for malformed in ["", "12345", "abcdef"] {
        activate(&mut browser, &token, malformed).await.assert_shows("There is a problem");
    }
    // An hour off is no clock that drifted.
    let wrong = code(&app, 30, 3_600);
    for _ in 0..5 {
        activate(&mut browser, &token, &wrong).await.assert_shows("That code does not match");
    }
    activate(&mut browser, &token, &code(&app, 30, 0)).await.assert_shows("too many wrong codes");
    assert!(app.methods_of(&ana).await.is_empty());
    let failures = app.audit().await;
    let failures = failures.iter().filter(|(.., reason)| reason == "Wrong code of a hardware token");
    assert_eq!(failures.count(), 5);
    app.advance(Duration::from_mins(91));
    browser.sign_in("manager").await;
    activate(&mut browser, &token, &code(&app, 30, 0)).await.assert_shows("The token is activated.");
}

#[tokio::test]
async fn an_account_of_higher_standing_is_not_given_a_token() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut boss = signed_in(&app, "boss", GLOBAL).await;
    upload_one(&mut boss, "ana", "1", 30).await;
    let token = tokens_of(&app, &ana).await.remove(0);
    app.grant(&ana, GLOBAL).await;
    let mut browser = manager(&app).await;
    assert_eq!(activate(&mut browser, &token, &code(&app, 30, 0)).await.status, 403);
    let id = token.id.to_string();
    assert_eq!(browser.post("/admin/hardware-tokens/delete", &[("id", &id)]).await.status, 403);
    assert_eq!(tokens_of(&app, &ana).await, [token]);
    let denied = app.audit().await;
    assert_eq!(denied.iter().filter(|(.., reason)| reason == "Insufficient privileges").count(), 2);
}

#[tokio::test]
async fn r87_a_token_is_not_activated_where_five_authenticators_are() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    let mut browser = manager(&app).await;
    upload_one(&mut browser, "ana", "1", 30).await;
    for _ in 0..5 {
        app.add_app(&ana).await;
    }
    let token = tokens_of(&app, &ana).await.remove(0);
    let page = activate(&mut browser, &token, &code(&app, 30, 0)).await;
    page.assert_shows("This person has 5 authenticators and tokens");
    assert_eq!(app.methods_of(&ana).await.len(), 5);
}

#[tokio::test]
async fn a_deleted_token_is_gone_with_its_seed_and_its_owner_is_told_if_it_counted() {
    let app = TestApp::start().await;
    let (ana, bob) = (app.add_user("ana").await, app.add_user("bob").await);
    let mut browser = manager(&app).await;
    let active = give(&app, &mut browser, &ana, 30).await;
    upload_one(&mut browser, "bob", "B-1", 30).await;
    let waiting = tokens_of(&app, &bob).await.remove(0);
    for (token, what) in [(&active, "can no longer use it"), (&waiting, "never activated")] {
        let id = token.id.to_string();
        browser.get(&format!("/admin/hardware-tokens/{id}/delete")).await.assert_shows(what);
        let page = browser.post("/admin/hardware-tokens/delete", &[("id", &id)]).await;
        page.assert_shows("The token is deleted.");
        // Twice is once.
        assert_eq!(browser.post("/admin/hardware-tokens/delete", &[("id", &id)]).await.status, 200);
    }
    assert!(tokens_of(&app, &ana).await.is_empty() && tokens_of(&app, &bob).await.is_empty());
    assert!(app.methods_of(&ana).await.is_empty());
    let told = app.messages_to("ana@contoso.example").await;
    // What leaves in one round leaves in no order.
    assert!(told.iter().any(|mail| mail.subject.contains("removed security info")), "{told:?}");
    assert!(app.messages_to("bob@contoso.example").await.is_empty());
    assert_eq!(browser.get("/admin/hardware-tokens/x/delete").await.status, 404);
}

#[tokio::test]
async fn t112_stale_factors_activate_and_delete_nothing() {
    let app = TestApp::start_strict().await;
    let (ana, admin) = (app.add_user("ana").await, app.add_user("admin").await);
    app.grant(&admin, GLOBAL).await;
    app.add_app(&admin).await;
    let mut browser = app.session(&admin).await;
    app.prove_by(&admin, "app_code").await;
    upload_one(&mut browser, "ana", "1", 30).await;
    let id = tokens_of(&app, &ana).await[0].id.to_string();
    app.advance(Duration::from_mins(6));
    for (act, fields) in [
        ("activate", vec![("id", id.as_str()), ("code", &code(&app, 30, 0))]),
        ("delete", vec![("id", id.as_str())]),
    ] {
        let to = browser.post_raw(&format!("/admin/hardware-tokens/{act}"), &fields).await;
        assert!(to.location().starts_with("/signin/verify?next=%2Fadmin%2Fhardware"), "{}", to.location());
    }
    assert!(app.methods_of(&ana).await.is_empty());
    assert_eq!(tokens_of(&app, &ana).await.len(), 1);
}
