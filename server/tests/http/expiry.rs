//! Passwords that grow too old (R159).

use regain_core::time::Duration;
use regain_server::password_protection::{PasswordProtection, SETTINGS};
use regain_server::policy;

use crate::support::{PASSWORD, TestApp};

const CHANGE: &str = "/security-info/change-password";
const FRESH: &str = "violet kettle under seven moons";
const PROTECTION: &str = "/admin/password-protection";
const DAY: Duration = Duration::from_hours(24);

async fn expire_after(app: &TestApp, days: u16) {
    let mut tx = app.engine.store.write().await.unwrap();
    let (saved, version): (PasswordProtection, i64) = policy::document(&mut *tx, SETTINGS).await.unwrap();
    let wanted = PasswordProtection { expiry_days: days, ..saved };
    policy::save_document(&mut *tx, SETTINGS, &wanted, version, app.now()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn r159_an_expired_password_is_replaced_at_the_next_sign_in() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    expire_after(&app, 30).await;
    app.advance(29 * DAY);
    assert_eq!(app.browser().try_sign_in("ana", PASSWORD).await.location(), "/");
    app.advance(DAY);
    let mut browser = app.browser();
    browser.sign_in("ana").await.assert_shows("Your password has expired");
    assert!(browser.get_raw("/security-info").await.location().starts_with(CHANGE), "nothing else opens");
    let log = app.audit().await;
    assert!(
        log.iter().any(|(.., result, reason)| result == "success" && reason == "The password has expired")
    );
    let same = [("current_password", PASSWORD), ("new_password", PASSWORD), ("confirm_password", PASSWORD)];
    browser.post(CHANGE, &same).await.assert_shows("There is a problem");
    let fresh = [("current_password", PASSWORD), ("new_password", FRESH), ("confirm_password", FRESH)];
    assert!(!browser.post_raw(CHANGE, &fresh).await.location().starts_with(CHANGE));
    assert_eq!(app.browser().try_sign_in("ana", FRESH).await.location(), "/");
    app.advance(30 * DAY);
    app.browser().try_sign_in("ana", FRESH).await;
    assert!(app.browser().try_sign_in("ana", FRESH).await.location().starts_with(CHANGE), "and again");
}

#[tokio::test]
async fn r159_none_expires_by_default_and_a_session_is_not_cut_short() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    app.advance(5_000 * DAY);
    let mut browser = app.browser();
    assert_eq!(browser.try_sign_in("ana", PASSWORD).await.location(), "/");
    expire_after(&app, 1).await;
    assert_eq!(browser.get_raw("/security-info").await.status, 200, "the next sign-in asks");
    assert!(app.browser().try_sign_in("ana", PASSWORD).await.location().starts_with(CHANGE));
}

#[tokio::test]
async fn r159_one_person_can_be_left_out_by_those_who_manage_users() {
    let app = TestApp::start().await;
    let ana = app.add_user("ana").await;
    for (name, role) in [("chief", "user_administrator"), ("help", "helpdesk_administrator")] {
        let user = app.add_user(name).await;
        app.grant(&user, role).await;
    }
    let (mut chief, mut help) = (app.browser(), app.browser());
    chief.sign_in("chief").await;
    help.sign_in("help").await;
    let page = format!("/admin/users/{}", ana.id);
    let id = ana.id.to_string();
    let never = [("id", id.as_str()), ("password_never_expires", "true")];
    help.get(&page).await.assert_hides("Password never expires");
    assert_eq!(help.post("/admin/users/expiry", &never).await.status, 403);
    chief.post("/admin/users/expiry", &never).await.assert_shows("Your changes are saved");
    chief.post("/admin/users/expiry", &never).await.assert_shows("Your changes are saved");
    let ticked = chief.get(&page).await;
    let tag = ticked.body.split('<').find(|tag| tag.contains("name=\"password_never_expires\"")).unwrap();
    assert!(tag.contains("checked"), "{tag}");
    let mut tx = app.engine.store.read().await.unwrap();
    let rows = tx.audit_chain(0, 10_000).await.unwrap();
    let told = rows.iter().filter(|row| row.record.details.contains("passwordNeverExpires"));
    assert_eq!(told.count(), 1, "a second time changes nothing");
    drop(tx);
    expire_after(&app, 30).await;
    app.advance(40 * DAY);
    assert_eq!(app.browser().try_sign_in("ana", PASSWORD).await.location(), "/");
    let mut chief = app.browser();
    chief.sign_in("chief").await.assert_shows("Your password has expired");
    assert_eq!(
        chief.post_raw("/admin/users/expiry", &[("id", &id)]).await.location().split('?').next(),
        Some(CHANGE)
    );
}

#[tokio::test]
async fn r159_the_days_are_set_on_password_protection() {
    let app = TestApp::start().await;
    let user = app.add_user("admin").await;
    app.grant(&user, "global_administrator").await;
    let mut browser = app.browser();
    browser.sign_in("admin").await;
    for (days, problem) in
        [("0", None), ("730", None), ("731", Some("from 0 to 730")), ("x", Some("from 0 to 730"))]
    {
        let page = browser.get(PROTECTION).await;
        page.assert_shows("Days until passwords expire").assert_shows("NIST SP 800-63B-4 advises against");
        let version = page.input("version");
        let fields = [
            ("version", version.as_str()),
            ("password_rules", "nist"),
            ("password_min", "15"),
            ("password_expiry_days", days),
            ("enforce_custom_list", "no"),
            ("lockout_threshold", "10"),
            ("lockout_duration", "60"),
        ];
        let reply = browser.post(PROTECTION, &fields).await;
        reply.assert_shows(problem.unwrap_or("Your changes are saved"));
    }
}
