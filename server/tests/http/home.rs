//! `/`: the page that says that somebody is in.

use regain_core::policy::SecondFactor;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn who_was_going_nowhere_lands_on_a_page_that_says_what_is_set_up_without_another_proof() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let ana = app.add_user("ana").await;
    app.add_app(&ana).await;
    app.add_email(&ana, "ana@home.example").await;
    let mut browser = app.browser();
    let reply = browser.try_sign_in("ana", PASSWORD).await;
    assert_eq!(reply.location(), "/");
    let page = browser.follow(reply).await;
    page.assert_shows("You are signed in")
        .assert_shows("ana@contoso.example")
        .assert_shows("You can reset your password on your own.")
        .assert_shows("You need 2 methods; you have 2.")
        .assert_shows("Authenticator app")
        .assert_shows("Email")
        .assert_shows("Sign out")
        .assert_hides("ana@home.example")
        .assert_hides("Admin center");
    // Changing something asks.
    for path in ["/security-info", "/security-info/add", "/register"] {
        let to = browser.get_raw(path).await;
        assert!(to.location().starts_with("/signin/verify?next="), "{path}: {}", to.location());
    }
}

#[tokio::test]
async fn nobody_is_led_to_sign_in_and_back_here() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    assert_eq!(browser.get_raw("/").await.location(), "/signin");
    for next in ["", "/", "/?x=1"] {
        let reply = app.browser().try_sign_in_to("ana", PASSWORD, next).await;
        assert_eq!(reply.location(), "/", "{next:?}");
    }
    assert_eq!(browser.try_sign_in_to("ana", PASSWORD, "/security-info").await.location(), "/security-info");
}

#[tokio::test]
async fn administrators_land_in_the_portal_and_find_it_here() {
    let app = TestApp::start().await;
    let admin = app.add_user("admin").await;
    app.grant(&admin, "global_administrator").await;
    let mut browser = app.browser();
    assert_eq!(browser.try_sign_in("admin", PASSWORD).await.location(), "/admin");
    browser.get("/").await.assert_shows("You are signed in").assert_shows("Admin center");
}

#[tokio::test]
async fn who_owes_a_second_factor_shows_it_before_this_page_too() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    app.add_app(&ana).await;
    app.set_methods_policy(|policy| policy.second_factor = SecondFactor::Everyone).await;
    let mut browser = app.browser();
    assert_eq!(browser.try_sign_in("ana", PASSWORD).await.location(), "/signin/verify?next=%2F");
    let reply = browser.get_raw("/").await;
    assert_eq!(reply.location(), "/signin/verify?next=%2F");
}

#[tokio::test]
async fn more_than_enough_is_not_needed() {
    let app = TestApp::start().await;
    app.registration_policy().await;
    let mut ana = app.add_user("ana").await;
    ana.mobile_phone = Some("+1 4255550123".to_owned());
    app.save(&ana).await;
    app.add_email(&ana, "ana@home.example").await;
    app.add_app(&ana).await;
    let mut browser = app.session(&ana).await;
    browser.get("/").await.assert_shows("You need 2 methods; you have 3.");
    app.prove(&ana).await;
    browser.get("/security-info").await.assert_shows("You need 2 methods; you have 3.");
}
