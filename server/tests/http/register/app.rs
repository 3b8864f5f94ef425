//! Authenticator apps.

use regain_core::method::Method;
use regain_core::time::Duration;

use super::{choose, register_app, register_email, shown_key};
use crate::support::TestApp;

#[tokio::test]
async fn t51_the_key_is_shown_until_it_is_confirmed_and_never_again() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let page = choose(&mut browser, Method::AppCode).await;
    page.assert_shows("Can’t scan?").assert_shows("Secret key");
    assert_eq!(page.headers.get("cache-control").unwrap(), "no-store");
    assert!(page.body.contains("otpauth://totp/"), "the link for phones");
    let key = shown_key(&page);
    assert_eq!(key.expose().len(), 20);
    let reply = browser.post("/register/app", &[("code", &app.app_code(&key, 40))]).await;
    reply.assert_shows("There is a problem").assert_shows("clock");
    assert_eq!(shown_key(&reply).expose(), key.expose(), "nobody has to scan twice");
    // Chosen once more, it is still the same.
    assert_eq!(shown_key(&choose(&mut browser, Method::AppCode).await).expose(), key.expose());
    browser
        .post("/register/app", &[("code", &app.app_code(&key, 0))])
        .await
        .assert_shows("Authenticator app added");
    let encoded = data_encoding::BASE32_NOPAD.encode(key.expose());
    for path in ["/register/app", "/register/review", "/register/added?method=app_code", "/security-info"] {
        assert!(!browser.get(path).await.body.contains(&encoded), "{path}");
    }
}

#[tokio::test]
async fn t52_without_a_code_there_is_no_method() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    choose(&mut browser, Method::AppCode).await;
    for code in ["", "12345", "abcdef", "000000000"] {
        browser.post("/register/app", &[("code", code)]).await.assert_shows("There is a problem");
    }
    assert!(app.methods_of(&user).await.is_empty());
    browser.get("/register").await.assert_shows("0 of 2 added");
}

#[tokio::test]
async fn the_seed_is_sealed_to_its_row_and_the_first_code_is_spent() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    let page = choose(&mut browser, Method::AppCode).await;
    let key = shown_key(&page);
    browser.post("/register/app", &[("code", &app.app_code(&key, 0))]).await;
    let row = app.methods_of(&user).await.remove(0);
    let sealed = row.sealed.clone().unwrap();
    assert_eq!(app.engine.open_seed(row.id, user.id, &sealed).unwrap().expose(), key.expose());
    assert!(app.engine.open_seed(app.engine.new_id(), user.id, &sealed).is_none());
    assert_eq!(row.last_step, Some(app.now().seconds() / 30));
}

#[tokio::test]
async fn r87_a_sixth_app_is_refused() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    for _ in 0..5 {
        app.add_app(&user).await;
    }
    let mut browser = app.session(&user).await;
    app.prove(&user).await;
    browser.get("/security-info/add").await.assert_shows("You have 5 of these");
    let reply = browser.post("/register/method", &[("way", "add"), ("method", "app_code")]).await;
    reply.assert_shows("There is a problem").assert_shows("You have 5 of these");
    assert!(!reply.body.contains("otpauth:"));
}

#[tokio::test]
async fn t106_a_stale_second_factor_is_asked_for_before_a_change() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let user = app.add_user("ana").await;
    let mut browser = app.session(&user).await;
    register_app(&app, &mut browser).await.assert_shows("Authenticator app added");
    register_email(&app, &mut browser, "ana@mail.example").await.assert_shows("Email added");
    app.advance(Duration::from_secs(301));
    browser.get("/security-info").await.assert_shows("ana@mail.example");
    for (path, field) in
        [("/register/method", ("method", "mobile_phone")), ("/register/email", ("email", "b@mail.example"))]
    {
        let reply = browser.post_raw(path, &[field, ("way", "add")]).await;
        assert!(
            reply.location().starts_with("/signin/verify?next=%2Fsecurity"),
            "{path}: {}",
            reply.location()
        );
    }
    assert!(app.messages_to("b@mail.example").await.is_empty());
    assert_eq!(app.methods_of(&user).await.len(), 2);
}
