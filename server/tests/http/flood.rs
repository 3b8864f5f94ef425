//! Floods of what costs a hash (T132), and of what must not (T133).

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::reset::walk::{NEW, Walk, alice, open};
use crate::support::{PASSWORD, Reply, TestApp};

/// How many come at once.
const MANY: u32 = 200;

#[track_caller]
fn assert_busy(reply: &Reply) {
    assert_eq!(reply.status, 503);
    reply.assert_shows("Nothing was lost");
    let retry: u64 = reply.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..60).contains(&retry), "{retry}");
}

#[tokio::test]
async fn t132_of_many_sign_ins_at_once_each_is_judged_or_told_to_come_again() {
    let app = TestApp::start().await;
    let before = app.engine.hasher.hashes();
    let mut flood = JoinSet::new();
    for number in 0..MANY {
        let mut browser = app.browser();
        browser.address = format!("198.18.{}.{}", number / 100, number % 100);
        flood.spawn(async move { browser.try_sign_in(&format!("nobody{number}"), PASSWORD).await });
    }
    let mut judged = 0;
    while let Some(reply) = flood.join_next().await {
        let reply = reply.unwrap();
        if reply.status == 303 {
            judged += 1;
        } else {
            assert_busy(&reply);
        }
    }
    assert!(judged >= 64, "the queue has room for 64: {judged}");
    assert_eq!(app.engine.hasher.hashes() - before, judged, "who was turned away cost no hash");
    assert_eq!(app.engine.hasher.refused(), u64::from(MANY) - judged);
}

#[tokio::test]
async fn t132_beyond_the_queue_the_answer_comes_at_once_and_nothing_was_counted() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    assert_eq!(browser.get("/signin").await.status, 200);
    let (content, audit) = (app.content().await, app.audit().await);
    let places = app.engine.hasher.fill().await.unwrap();
    let mut fastest = Duration::MAX;
    for name in ["ana", "nobody"].iter().cycle().take(20) {
        let begun = Instant::now();
        let reply = browser.try_sign_in(name, PASSWORD).await;
        fastest = fastest.min(begun.elapsed());
        assert_busy(&reply);
    }
    assert!(fastest <= Duration::from_millis(50), "{fastest:?}");
    assert_eq!(app.browser().get("/signin").await.status, 200, "other pages are shown");
    assert_eq!(app.audit().await, audit);
    assert_eq!(app.content().await, content);
    drop(places);
    browser.sign_in("ana").await.assert_shows("ana");
}

#[tokio::test]
async fn t132_a_new_password_waits_for_its_turn_and_the_flow_lives() {
    let app = open().await;
    alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    let places = app.engine.hasher.fill().await.unwrap();
    assert_busy(&walk.finish(NEW).await);
    drop(places);
    walk.finish(NEW).await.assert_shows("Your password has been reset");
}

#[tokio::test]
async fn t133_what_is_refused_before_costs_no_hash() {
    let app = open().await;
    alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    let long = "a".repeat(1025);
    let before = app.engine.hasher.hashes();
    for _ in 0..8 {
        // A form from elsewhere.
        let mut browser = app.browser();
        browser.headers = vec![("sec-fetch-site", "cross-site")];
        assert_eq!(browser.try_sign_in("alice", PASSWORD).await.status, 403);
        let mut browser = app.browser();
        browser.headers = vec![("origin", "https://evil.example")];
        assert_eq!(browser.try_sign_in("alice", PASSWORD).await.status, 403);
        // Nobody's password, for a known name and for an unknown one.
        for name in ["alice", "nobody"] {
            app.browser().try_sign_in(name, &long).await;
            app.browser().try_sign_in(name, "").await;
        }
        // No flow, and a picture that was not read.
        let mut stranger = Walk { app: &app, browser: app.browser() };
        stranger.finish(NEW).await;
        let page = stranger.browser.get("/reset").await;
        let fields = [("username", "alice"), ("captcha", &page.input("captcha")), ("characters", "wrong")];
        stranger.browser.post("/reset", &fields).await;
        app.execute("DELETE FROM counters WHERE key LIKE 'source:%'").await;
        // Passwords that the rules refuse, in a flow that may choose one.
        walk.finish(&long).await;
        walk.finish("short").await;
        walk.browser
            .post("/reset/password", &[("new_password", NEW), ("confirm_password", "another one altogether")])
            .await
            .assert_shows("There is a problem");
    }
    assert_eq!(app.engine.hasher.hashes(), before);
    // A flow whose time is over.
    app.advance(Duration::from_mins(16));
    walk.finish(NEW).await;
    assert_eq!(app.engine.hasher.hashes(), before);
}
