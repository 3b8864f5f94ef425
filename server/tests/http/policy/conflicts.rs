//! T78: two administrators at once.

use regain_core::policy::Scope;

use super::{GLOBAL, POLICY};
use super::{address, admin, assert_refused, assert_saved, last_record, post, signed_in, stored};
use crate::support::TestApp;

#[tokio::test]
async fn t78_the_second_is_told_loses_nothing_and_can_save_again() {
    let app = TestApp::start().await;
    let (mut first, mut second) = (admin(&app).await, signed_in(&app, "second", POLICY).await);
    let path = address("properties");
    let version = first.get(&path).await.input("version");
    let old = second.get(&path).await.input("version");
    let fields = [("scope", "all"), ("explain", "never")];
    assert_saved(&post(&mut first, &path, &version, &fields).await);

    let fields = [("scope", "none"), ("explain", "always")];
    let reply = post(&mut second, &path, &old, &fields).await;
    assert_refused(&reply, "Somebody else changed these settings");
    reply.assert_shows("“Self service password reset enabled” is now saved as: All");
    assert!(super::is_checked(&reply, "explain", "always"), "what was typed stays");
    assert_eq!(stored(&app).await.scope, Scope::All, "no lost update");
    assert!(last_record(&app).await.reason.starts_with("Somebody else changed these settings"));

    assert_saved(&post(&mut second, &path, &reply.input("version"), &fields).await);
    assert_eq!(stored(&app).await.scope, Scope::None);
}

#[tokio::test]
async fn t78_another_tab_conflicts_too_and_nothing_changed_never_does() {
    let app = TestApp::start().await;
    let (mut first, mut second) = (admin(&app).await, signed_in(&app, "second", GLOBAL).await);
    let (registration, notifications) = (address("registration"), address("notifications"));
    let old = second.get(&notifications).await.input("version");
    let version = first.get(&registration).await.input("version");
    let fields = [("registration_required", "yes"), ("reconfirm_days", "90")];
    assert_saved(&post(&mut first, &registration, &version, &fields).await);
    let unchanged = [("notify_users", "yes"), ("notify_admins", "no")];
    assert_saved(&post(&mut second, &notifications, &old, &unchanged).await);
    let changed = [("notify_users", "yes"), ("notify_admins", "yes")];
    let reply = post(&mut second, &notifications, &old, &changed).await;
    assert_refused(&reply, "Somebody else changed these settings");
    assert_eq!(stored(&app).await.registration.reconfirm_days, 90);
    assert!(!stored(&app).await.notifications.admins);
}

#[tokio::test]
async fn t78_a_race_has_one_winner() {
    let app = TestApp::start().await;
    let browser = admin(&app).await;
    let path = address("registration");
    let version = browser.clone().get(&path).await.input("version");
    let race = (0..8).map(|number| {
        let (mut browser, path, version) = (browser.clone(), path.clone(), version.clone());
        tokio::spawn(async move {
            let days = (100 + number).to_string();
            let fields = [("registration_required", "yes"), ("reconfirm_days", days.as_str())];
            let reply = post(&mut browser, &path, &version, &fields).await;
            reply.text().contains("Your changes are saved")
        })
    });
    let mut winners = 0;
    for racer in race.collect::<Vec<_>>() {
        winners += usize::from(racer.await.unwrap());
    }
    assert_eq!(winners, 1);
}

#[tokio::test]
async fn a_forged_or_missing_version_is_a_conflict() {
    let app = TestApp::start().await;
    let mut browser = admin(&app).await;
    let path = address("registration");
    for version in ["", "-1", "x", "999", "0 "] {
        let fields = [("registration_required", "no")];
        assert_refused(
            &post(&mut browser, &path, version, &fields).await,
            "Somebody else changed these settings",
        );
        assert!(stored(&app).await.registration.required_at_sign_in, "{version:?}");
    }
}
