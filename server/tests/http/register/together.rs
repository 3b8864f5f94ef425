//! What is counted together.

use regain_core::method::Method;
use regain_store::User;

use crate::support::{Browser, Reply, TestApp};

const MOST: &str = "You have 5 of these, apps and hardware tokens together";

async fn office() -> (TestApp, User) {
    let app = TestApp::start().await;
    app.registration_policy().await;
    app.set_policy(|policy| {
        policy.methods.insert(Method::AppNotification);
        policy.methods.insert(Method::OfficePhone);
    })
    .await;
    let user = app.add_user("ana").await;
    (app, user)
}

async fn browser(app: &TestApp, user: &User) -> Browser {
    let browser = app.session(user).await;
    app.prove(user).await;
    browser
}

async fn choose(browser: &mut Browser, method: &str) -> Reply {
    browser.post("/register/method", &[("way", "add"), ("method", method)]).await
}

/// Makes an app's codes those of the person's newest phone.
async fn shown_by_the_phone(app: &TestApp, user: &User) {
    app.execute(
        "UPDATE devices SET code_id = (SELECT id FROM methods WHERE method = 'app_code' ORDER BY created_at LIMIT 1)",
    )
    .await;
    let mut tx = app.engine.store.read().await.unwrap();
    assert!(tx.devices(user.id).await.unwrap()[0].code_id.is_some());
}

#[tokio::test]
async fn r87_apps_and_phones_that_are_asked_are_five_together() {
    let (app, user) = office().await;
    for _ in 0..2 {
        app.phone(&user).await;
    }
    for _ in 0..3 {
        app.add_app(&user).await;
    }
    let mut browser = browser(&app, &user).await;
    for method in ["app_code", "app_notification"] {
        choose(&mut browser, method).await.assert_shows("There is a problem").assert_shows(MOST);
    }
    browser.get("/security-info/add").await.assert_shows(MOST);
}

#[tokio::test]
async fn r87_a_phone_that_is_asked_and_shows_codes_is_one() {
    let (app, user) = office().await;
    app.phone(&user).await;
    app.add_app(&user).await;
    shown_by_the_phone(&app, &user).await;
    for _ in 0..3 {
        app.add_app(&user).await;
    }
    assert_eq!(app.methods_of(&user).await.len(), 5);
    let mut browser = browser(&app, &user).await;
    choose(&mut browser, "app_code").await.assert_shows("Secret key");
    app.add_app(&user).await;
    app.prove(&user).await;
    choose(&mut browser, "app_code").await.assert_shows(MOST);
}

#[tokio::test]
async fn r87_mobile_and_office_are_two_phones_together_and_a_change_needs_no_place() {
    let (app, user) = office().await;
    let first = app.add_phone(&user, "+37120000001").await;
    app.add_phone(&user, "+37120000002").await;
    let mut browser = browser(&app, &user).await;
    let most = "You have 2 of these, mobile and office together";
    for method in ["mobile_phone", "office_phone"] {
        choose(&mut browser, method).await.assert_shows("There is a problem").assert_shows(most);
    }
    let one_more = [("way", "add"), ("kind", "office_phone"), ("number", "+371 67000001")];
    browser.post("/register/phone", &one_more).await.assert_shows(most);
    assert!(app.messages_to("+37167000001").await.is_empty());
    let first = first.to_string();
    let changed = [("way", "add"), ("number", "+371 20000003"), ("replaces", first.as_str())];
    browser.post("/register/phone", &changed).await.assert_shows("Enter the code we sent");
}
