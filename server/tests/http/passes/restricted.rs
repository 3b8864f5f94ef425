//! Where a session goes that a pass opened: registration and security info, nowhere else.

use std::time::Duration;

use regain_core::method::Method;
use regain_core::policy::{Scope, SecondFactor};

use super::{entered, help_desk, pass_for, set, try_pass};
use crate::policy::{GLOBAL, signed_in};
use crate::register::{choose, register_app, shown_key};
use crate::support::{Browser, PASSWORD, TestApp};

const NEW: [(&str, &str); 2] = [
    ("new_password", "a wholly different passphrase"),
    ("confirm_password", "a wholly different passphrase"),
];

async fn change(browser: &mut Browser, current: &str) -> crate::support::Reply {
    let fields = [&[("current_password", current)], &NEW[..]].concat();
    browser.post("/security-info/change-password", &fields).await
}

#[tokio::test]
async fn an_administrator_with_a_pass_is_no_administrator() {
    let app = TestApp::start().await;
    let mut boss = signed_in(&app, "boss", GLOBAL).await;
    let erin = app.add_user("erin").await;
    app.grant(&erin, "user_administrator").await;
    let pass = pass_for(&mut boss, &erin).await;
    let mut browser = app.browser();
    let fields = [("username", "erin@contoso.example"), ("pass", &pass), ("next", "/admin/users")];
    let reply = browser.post_raw("/signin/temporary-pass", &fields).await;
    assert!(reply.location().starts_with("/register"), "{}", reply.location());
    assert!(!reply.location().contains("admin"), "{}", reply.location());
    let ana = app.add_user("ana").await;
    for path in
        ["/admin", "/admin/users", "/admin/audit-logs/export.csv", &format!("/admin/users/{}", ana.id)]
    {
        assert_eq!(browser.get_raw(path).await.status, 403, "{path}");
    }
    for (what, fields) in [
        ("set-password", vec![("temporary_password", "a kettle for the first day")]),
        ("verify-caller/override", vec![("reason", "I say so")]),
        ("issue-pass", vec![("minutes", "60")]),
        ("delete", vec![]),
    ] {
        assert_eq!(super::act_raw(&mut browser, &ana, what, &fields).await.status, 403, "{what}");
    }
    // Not even after a second factor was registered in it.
    register_app(&app, &mut browser).await;
    assert_eq!(app.methods_of(&erin).await.len(), 1);
    assert_eq!(browser.get_raw("/admin").await.status, 403);
    let page = browser.get("/signin/verify?next=%2Fadmin").await;
    assert!(page.status == 403 || page.text().contains("Security info"), "{}", page.text());
}

#[tokio::test]
async fn the_pass_stands_for_the_second_factor_that_was_lost() {
    let app = TestApp::start().await;
    app.set_policy(|policy| policy.scope = Scope::All).await;
    app.set_methods_policy(|policy| policy.second_factor = SecondFactor::Everyone).await;
    let (mut hal, ana) = help_desk(&app).await;
    app.add_app(&ana).await;
    let pass = pass_for(&mut hal, &ana).await;
    let mut browser = entered(&app, "ana", &pass).await;
    // The last minute of the session still counts.
    app.advance(Duration::from_mins(9));
    let page = browser.get("/security-info").await;
    page.assert_shows("ana@mail.example");
    let lost = app.methods_of(&ana).await.into_iter().find(|row| row.method == "app_code").unwrap();
    browser
        .post("/security-info/remove", &[("id", &lost.id.to_string())])
        .await
        .assert_hides("Verify it’s you");
    let page =
        browser.post("/register/method", &[("way", "add"), ("method", Method::AppCode.as_str())]).await;
    let code = app.app_code(&shown_key(&page), 0);
    browser.post("/register/app", &[("way", "add"), ("code", &code)]).await;
    let rows = app.methods_of(&ana).await;
    let apps: Vec<_> = rows.iter().filter(|row| row.method == "app_code").collect();
    assert!(apps.len() == 1 && apps[0].id != lost.id, "the lost one is replaced");
}

#[tokio::test]
async fn registration_with_a_pass_ends_at_the_security_info_for_administrators_too() {
    let app = TestApp::start().await;
    let mut boss = signed_in(&app, "boss", GLOBAL).await;
    let erin = app.add_user("erin").await;
    app.grant(&erin, "user_administrator").await;
    let pass = pass_for(&mut boss, &erin).await;
    let mut browser = app.browser();
    let reply = try_pass(&mut browser, "erin", &pass).await;
    browser.follow(reply).await;
    register_app(&app, &mut browser).await;
    crate::register::register_email(&app, &mut browser, "erin@mail.example").await;
    let reply = browser.post_raw("/register/review", &[("next", "/admin")]).await;
    assert!(reply.location().starts_with("/security-info"), "{}", reply.location());
}

#[tokio::test]
async fn a_password_is_changed_only_with_the_old_one() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    let pass = pass_for(&mut hal, &ana).await;
    let mut browser = entered(&app, "ana", &pass).await;
    browser.get("/security-info/change-password").await.assert_shows("Current password");
    for current in ["", &pass, "wrong"] {
        change(&mut browser, current).await.assert_shows("There is a problem");
    }
    assert_eq!(app.browser().try_sign_in("ana", PASSWORD).await.location(), "/");
    change(&mut browser, PASSWORD).await.assert_shows("Your password has been changed");
    // What it opened stays as narrow as before.
    assert_eq!(browser.get_raw("/admin").await.status, 403);
}

#[tokio::test]
async fn a_temporary_password_does_not_stand_in_the_way_of_a_pass() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    super::act(&mut hal, &ana, "set-password", &[("temporary_password", "a kettle for the first day")]).await;
    let pass = pass_for(&mut hal, &ana).await;
    let mut browser = entered(&app, "ana", &pass).await;
    assert_eq!(browser.get_raw("/security-info").await.status, 200);
}

#[tokio::test]
async fn switched_off_no_pass_is_issued_or_taken() {
    let app = TestApp::start().await;
    let (mut hal, ana) = help_desk(&app).await;
    let pass = pass_for(&mut hal, &ana).await;
    set(&app, |settings| settings.enabled = false).await;
    let reply = try_pass(&mut app.browser(), "ana", &pass).await;
    assert!(reply.location().starts_with("/signin/temporary-pass"));
    app.browser().get("/signin/temporary-pass").await.assert_shows("gives out no temporary passes");
    let page = app.browser().post("/signin", &[("step", "username"), ("username", "ana")]).await;
    page.assert_hides("Use a temporary pass");
    let page = super::act(&mut hal, &ana, "issue-pass", &[("minutes", "60")]).await;
    page.assert_shows("Temporary passes are switched off");
    choose(&mut app.browser(), Method::Email).await.assert_shows("Sign in");
}
