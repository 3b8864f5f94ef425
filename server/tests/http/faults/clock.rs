//! Clocks that are put (F25): back, nothing lives longer and nothing opens again; forward, things only end.

use std::time::Duration;

use regain_core::method::{Method, MethodSet};
use regain_core::time::{Clock as _, Timestamp};
use regain_server::ambient::SystemClock;
use regain_server::jobs::heartbeat;

use crate::reset::walk::{Walk, alice, open};
use crate::support::{Node, TestApp};

const HOUR: i64 = 3_600;

#[test]
fn f25_time_goes_on_however_the_machine_s_clock_is_put() {
    let clock = SystemClock::default();
    let first = clock.now();
    clock.jump(-HOUR);
    assert!(clock.now() >= first);
    // It does not stand still until the machine has caught up, or a code would live an hour longer.
    clock.advance(Duration::from_mins(1));
    assert!(clock.now() >= first.plus(Duration::from_mins(1)));
    assert!(clock.machine_ahead() < -3_590_000_000, "{}", clock.machine_ahead());
    // Nor does it go on from an earlier time after a restart.
    let restarted = SystemClock::default();
    restarted.jump(-HOUR);
    restarted.raise(clock.now());
    assert!(restarted.now() >= clock.now());
    restarted.advance(Duration::from_mins(1));
    assert!(restarted.now() >= first.plus(Duration::from_mins(2)));
    // Forward it follows.
    clock.jump(3 * HOUR);
    assert!(clock.now() >= first.plus(Duration::from_hours(2)));
}

#[test]
fn f25_a_clock_that_servers_share_is_followed_from_the_first_moment() {
    let clock = SystemClock::default();
    let shared = clock.now();
    clock.jump(HOUR);
    clock.follow(shared);
    assert!(
        clock.now().since(shared) < Duration::from_secs(5),
        "the machine is an hour ahead, and does not count"
    );
    clock.jump(5 * HOUR);
    assert!(clock.now().since(shared) < Duration::from_secs(5));
    clock.follow(Timestamp(shared.0 - 10_000_000));
    assert!(clock.now() >= shared, "but back it never goes");
}

#[tokio::test]
async fn f25_back_by_an_hour_no_code_lives_longer_and_no_step_opens_again() {
    let app = open().await;
    app.set_policy(|policy| {
        policy.methods = MethodSet::of(&[Method::Email, Method::MobilePhone, Method::AppCode]);
    })
    .await;
    let user = alice(&app).await;
    let seed = app.add_app(&user).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let shown = app.app_code(&seed, 0);
    walk.choose("app_code").await;
    walk.enter(&shown).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM proofs").await, 1);
    let mut second = Walk::to_methods(&app, "alice@contoso.example").await.0;
    second.choose("email").await;
    let mailed = app.code_for("alice@mail.example").await;
    app.clock.jump(-HOUR);
    app.advance(Duration::from_secs(5 * 60 + 1));
    second.enter(&mailed).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM proofs").await, 1, "the code died when it was due");
    // The step that was used does not come back with the hour, nor do the steps that were never used.
    let mut third = Walk::to_methods(&app, "alice@contoso.example").await.0;
    third.choose("app_code").await;
    third.enter(&shown).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM proofs").await, 1);
}

#[tokio::test]
async fn f25_back_by_an_hour_a_session_ends_when_it_was_to_end_and_a_lock_lasts() {
    let app = open().await;
    alice(&app).await;
    let mut browser = app.browser();
    browser.sign_in("alice").await;
    app.clock.jump(-HOUR);
    let page = browser.get_raw("/security-info").await;
    assert!(!page.location().starts_with("/signin?"), "{}", page.location());
    app.advance(Duration::from_secs(15 * 60 + 1));
    let page = browser.get_raw("/security-info").await;
    assert!(page.location().starts_with("/signin?"), "idle for fifteen minutes: {}", page.location());
    // A lock begins, the clock is put forward by as much as it lasts and back again: time went on by that much.
    let mut tx = app.engine.store.write().await.unwrap();
    let until = app.now().plus(Duration::from_hours(24));
    tx.lock_counter("account:x:failed", until, app.now()).await.unwrap();
    tx.commit().await.unwrap();
    app.clock.jump(-20 * HOUR);
    app.advance(Duration::from_hours(23));
    let mut tx = app.engine.store.read().await.unwrap();
    let counter = tx.counter("account:x:failed", Duration::from_secs(1), app.now()).await.unwrap().unwrap();
    assert!(counter.locked_until.unwrap() > app.now());
}

#[tokio::test]
async fn f25_the_latest_instant_is_kept_and_a_skew_is_told() {
    let app = TestApp::start_on_sqlite().await;
    app.clock.jump(HOUR);
    heartbeat::beat(&app.engine).await.unwrap();
    assert_eq!(heartbeat::skew(&*app.engine.clock), None);
    app.clock.jump(-HOUR);
    heartbeat::beat(&app.engine).await.unwrap();
    let told = heartbeat::skew_text(&*app.engine.clock).unwrap();
    assert!(told.contains("s behind the time that counts"), "{told}");
    let admin = app.add_user("admin").await;
    app.grant(&admin, "global_administrator").await;
    let mut browser = app.browser();
    browser.sign_in("admin").await;
    browser.get("/admin").await.assert_shows("clock is behind by");
    // Another process on the same database begins where this one was.
    let node = Node::beside(&app).await;
    let latest = node.engine.store.read().await.unwrap().latest_seen().await.unwrap();
    assert!(app.now().since(latest) < Duration::from_mins(1));
}

#[tokio::test]
async fn f25_a_node_whose_clock_is_off_follows_the_database() {
    let Some(app) = TestApp::start_on_postgres().await else { return };
    heartbeat::beat(&app.engine).await.unwrap();
    app.clock.jump(2 * HOUR);
    let before = app.now();
    heartbeat::beat(&app.engine).await.unwrap();
    assert!(app.now().since(before) < Duration::from_secs(5));
    let told = heartbeat::skew_text(&*app.engine.clock).unwrap();
    assert!(told.contains("ahead of the time that counts"), "{told}");
}
