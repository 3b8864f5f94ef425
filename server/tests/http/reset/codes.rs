//! Codes: once, for a few minutes, for the flow that asked, the newest alone.

use std::time::Duration;

use super::walk::{Walk, alice, open, ready, wrong};
use crate::support::{Reply, TestApp};

const PASSED: &str = "One more check";
const WRONG: &str = "That code is not right";
const DEAD: &str = "no longer works";

async fn asked(app: &TestApp) -> (Walk<'_>, String) {
    let (mut walk, _) = Walk::to_methods(app, "alice@contoso.example").await;
    walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    (walk, code)
}

/// What a code does so long after it was asked for. The clock runs meanwhile: a try that took too long is none.
async fn after(app: &TestApp, waited: Duration) -> Reply {
    for _ in 0..20 {
        let (mut walk, code) = asked(app).await;
        let expires = expiry(app).await;
        // The code lives from when its row was written.
        let target = expires.minus(Duration::from_mins(5)).plus(waited);
        app.advance(target.since(app.now()));
        let page = walk.enter(&code).await;
        let late = waited < Duration::from_mins(5) && app.now() >= expires;
        app.advance(Duration::from_mins(11));
        if !late {
            return page;
        }
    }
    panic!("this machine is too slow for a second");
}

/// When the newest code expires.
async fn expiry(app: &TestApp) -> regain_core::time::Timestamp {
    let mut tx = app.engine.store.read().await.unwrap();
    let mut flows = tx.abandoned_flows(regain_core::time::Timestamp(i64::MAX), 100).await.unwrap();
    flows.retain(|flow| flow.expires_at > app.now());
    let flow = flows.iter().max_by_key(|flow| flow.created_at).unwrap();
    tx.flow_challenge(flow.id).await.unwrap().unwrap().expires_at
}

#[tokio::test]
async fn r138_t41_a_code_works_for_five_minutes_and_not_a_second_more() {
    let app = open().await;
    alice(&app).await;
    after(&app, Duration::from_secs(299)).await.assert_shows(PASSED);
    after(&app, Duration::from_mins(5)).await.assert_shows(DEAD);
    after(&app, Duration::from_secs(301)).await.assert_shows(DEAD);
    // A row without an end cannot be (fail-open of CVE-2026-18363).
    let (_, _) = asked(&app).await;
    assert!(app.try_execute("UPDATE challenges SET expires_at = NULL").await.is_err());
}

#[tokio::test]
async fn t39_a_used_code_is_used_up() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, code) = asked(&app).await;
    walk.enter(&code).await.assert_shows(PASSED);
    walk.enter(&code).await.assert_shows(PASSED).assert_hides("Choose a new password");
    app.advance(Duration::from_secs(31));
    let (mut other, _) = asked(&app).await;
    for _ in 0..8 {
        other.enter(&code).await.assert_shows("used already: wait for the next one");
    }
    // None of them counted.
    other.enter(&wrong(&code)).await.assert_shows("You have 2 tries left");
}

#[tokio::test]
async fn t40_after_a_new_code_the_old_one_is_nothing() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, first) = asked(&app).await;
    app.advance(Duration::from_secs(31));
    walk.browser.post("/reset/verify/resend", &[]).await;
    let second = app.code_for("alice@mail.example").await;
    assert_ne!(first, second);
    for _ in 0..8 {
        walk.enter(&first).await.assert_shows("You asked for another code since");
    }
    walk.enter(&wrong(&second)).await.assert_shows("You have 2 tries left");
    walk.enter(&second).await.assert_shows(PASSED);
}

#[tokio::test]
async fn t72_a_new_code_has_to_be_waited_for() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, first) = asked(&app).await;
    let page = walk.browser.post("/reset/verify/resend", &[]).await;
    page.assert_shows("A code was asked for a moment ago");
    assert_eq!(app.messages_to("alice@mail.example").await.len(), 1);
    walk.enter(&first).await.assert_shows(PASSED);
}

#[tokio::test]
async fn t19_a_code_belongs_to_the_flow_that_asked() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, code) = asked(&app).await;
    let (mut other, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    other.choose("email").await;
    other.enter(&code).await.assert_shows(WRONG);
    walk.enter(&code).await.assert_shows(PASSED);
}

#[tokio::test]
async fn t20_nobody_elses_code_and_nobody_elses_flow() {
    let app = open().await;
    alice(&app).await;
    ready(&app, "mallory", "+14255550166").await;
    let (mut mallory, _) = Walk::to_methods(&app, "mallory@contoso.example").await;
    mallory.choose("email").await;
    let code = app.code_for("mallory@mail.example").await;
    let (mut walk, _) = asked(&app).await;
    walk.enter(&code).await.assert_shows(WRONG);
    // Whatever else a form says, the flow is the cookie's.
    let fields =
        [("code", code.as_str()), ("username", "alice"), ("user_id", "1"), ("flow", "1"), ("email", "a@b.c")];
    mallory.browser.post("/reset/verify", &fields).await.assert_shows(PASSED);
    mallory.browser.get("/reset/method").await.assert_shows("••••••••66");
}

#[tokio::test]
async fn t42_a_code_for_something_else_is_none_here() {
    let app = open().await;
    let user = alice(&app).await;
    let (mut walk, _) = asked(&app).await;
    // A challenge for registering, of the same flow's row id, would have another purpose in its keyed hash.
    let mut tx = app.engine.store.read().await.unwrap();
    let flows: Vec<_> = tx.abandoned_flows(regain_core::time::Timestamp(i64::MAX), 10).await.unwrap();
    let flow = flows.iter().find(|flow| flow.user_id == Some(user.id)).unwrap();
    let challenge = tx.flow_challenge(flow.id).await.unwrap().unwrap();
    drop(tx);
    let (flow, id) = (flow.id.to_string(), challenge.id.to_string());
    let mac = app.engine.keys.code_mac(&["register", &flow, "email", &id], "12345678");
    let mut tx = app.engine.store.write().await.unwrap();
    let forged = regain_store::Challenge { id: app.engine.new_id(), mac: Some(mac), ..challenge };
    tx.add_challenge(&forged).await.unwrap();
    tx.commit().await.unwrap();
    walk.enter("12345678").await.assert_shows(WRONG);
}

#[tokio::test]
async fn t46_what_is_no_code_is_no_code() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, code) = asked(&app).await;
    for nothing in ["", "   ", "\u{0}", "abc", "12345", "1234567", &"9".repeat(5_000), "null"] {
        let page = walk.enter(nothing).await;
        page.assert_shows("There is a problem").assert_hides(PASSED);
    }
    // Digits of other scripts are digits, and spaces do not matter.
    let arabic: String =
        code.chars().map(|c| char::from_u32(0x660 + c.to_digit(10).unwrap()).unwrap()).collect();
    let spaced = format!("{} {}", &arabic[..8], &arabic[8..]);
    walk.enter(&spaced).await.assert_shows(PASSED);
}

#[tokio::test]
async fn t46_what_only_looks_like_the_code_is_not_it() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, code) = asked(&app).await;
    let more = format!("{code}0");
    for nearly in [
        &more,
        &format!("{code}\u{0}"),
        &format!("{code}'"),
        &format!("+{code}"),
        &format!("{code}.0"),
        &format!("0x{code}"),
        &format!("{code};{code}"),
        &format!("{code}a"),
        "undefined",
        "true",
        "NaN",
        "[]",
        "%",
    ] {
        walk.enter(nearly).await.assert_shows("There is a problem").assert_hides(PASSED);
    }
    // What is a code and another one counts, zeros of any script too.
    for zeros in ["000000", "０００００００0"] {
        walk.enter(zeros).await.assert_shows(WRONG);
    }
    let fullwidth: String =
        code.chars().map(|c| char::from_u32(0xFF10 + c.to_digit(10).unwrap()).unwrap()).collect();
    walk.enter(&fullwidth).await.assert_shows(PASSED);
}

#[tokio::test]
async fn t22_lists_and_repeated_fields_are_refused() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, code) = asked(&app).await;
    for body in [format!("code=1&code={code}"), format!("code[]={code}"), format!("code[$ne]={code}")] {
        let reply = walk.browser.post_body("/reset/verify", &body, &[]).await;
        assert!(reply.status == 400 || reply.status == 303, "{}", reply.status);
        walk.browser.get("/reset/verify").await.assert_hides(PASSED);
    }
    walk.enter(&code).await.assert_shows(PASSED);
}

#[tokio::test]
async fn t44_a_code_is_in_no_reply() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let sent = walk.browser.post_raw("/reset/method", &[("method", "email")]).await;
    let page = walk.browser.get("/reset/verify").await;
    let code = app.code_for("alice@mail.example").await;
    for reply in [sent, page] {
        assert!(!reply.body.contains(&code) && !format!("{:?}", reply.headers).contains(&code));
    }
}

#[tokio::test]
async fn t48_t49_t50_an_app_code_works_once_and_only_forwards() {
    let app = open().await;
    let user = alice(&app).await;
    let seed = app.add_app(&user).await;
    app.set_policy(|policy| policy.methods.insert(regain_core::method::Method::AppCode)).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("app_code").await;
    walk.enter(&app.app_code(&seed, -2)).await.assert_shows(WRONG);
    walk.enter(&app.app_code(&seed, 2)).await.assert_shows(WRONG);
    let (now, before) = (app.app_code(&seed, 0), app.app_code(&seed, -1));
    walk.enter(&now).await.assert_shows(PASSED);
    let (mut other, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    other.choose("app_code").await;
    for _ in 0..8 {
        other.enter(&now).await.assert_shows("used already: wait for the next one");
    }
    other.enter(&before).await.assert_shows("used already: wait for the next one");
    other.enter(&wrong(&now)).await.assert_shows("You have 2 tries left");
}

#[tokio::test]
async fn a_wrong_code_is_told_and_may_be_tried_again() {
    let app = open().await;
    alice(&app).await;
    let (mut walk, code) = asked(&app).await;
    let page = walk.enter(&wrong(&code)).await;
    page.assert_shows(WRONG);
    assert_eq!(page.status, 200);
    assert!(!page.body.contains(&wrong(&code)), "a code is never shown again");
    walk.enter(&code).await.assert_shows(PASSED);
}
