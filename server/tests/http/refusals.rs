//! However often somebody is refused, what is written of it is bounded. Rows of all tables are counted.

use std::collections::BTreeSet;
use std::time::Duration;

use regain_app::pages::admin::{branding, hardware_tokens};
use regain_core::method::Method;

use crate::reset::walk::{Walk, alice, open};
use crate::support::{PASSWORD, Phone, TestApp};

/// Addresses that take a POST outside of Leptos.
const OTHERS: [&str; 9] = [
    branding::UPLOAD,
    hardware_tokens::UPLOAD,
    "/authenticator/api/pair",
    "/authenticator/api/answer",
    "/authenticator/api/finish",
    "/authenticator/api/subscription",
    "/hooks/voice/x",
    "/hooks/delivery/x/y",
    "/report/x",
];

/// Every address that takes a POST: Leptos's own list, and what routers name.
fn actions() -> BTreeSet<String> {
    let ours = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned());
    let all: BTreeSet<String> = ours.chain(OTHERS.map(ToOwned::to_owned)).collect();
    assert!(all.len() > 60, "the list is whole: {all:?}");
    all
}

/// A route that is not in the list above fails here.
#[test]
fn every_route_that_takes_a_post_is_known() {
    let mut routes = 0;
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("seams.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                routes += text.matches(", post(").count() + text.matches(".post(").count();
            }
        }
    }
    assert_eq!(routes, OTHERS.len(), "a new route belongs into OTHERS");
}

const TIMES: usize = 20;
/// What forms hold, right for none of them.
const GARBAGE: &str = "username=ghost&password=wrong+password+of+nobody&pass=ABCD-EFGH&step=password&code=12345678&\
    email=a%40mail.example&id=1&method=email&intent=reset&captcha=x&characters=x&number=%2B14255550100&\
    phone=%2B14255550100&new_password=x&confirm_password=y&current_password=z&answer=%7B%7D";

#[tokio::test]
async fn refused_requests_without_a_session_write_a_few_rows_whatever_they_ask_for() {
    let app = open().await;
    alice(&app).await;
    for path in actions() {
        let mut browser = app.browser();
        let before = app.rows().await;
        for body in ["", GARBAGE] {
            for _ in 0..TIMES {
                browser.cookies.clear();
                browser.post_body(&path, body, &[]).await;
            }
        }
        let written = app.rows().await - before;
        assert!(written <= 15, "{path}: {written} rows for {} requests", 2 * TIMES);
    }
}

#[tokio::test]
async fn a_reset_out_of_turn_writes_a_few_rows() {
    let app = open().await;
    alice(&app).await;
    let (walk, _) = Walk::start(&app, "alice@contoso.example").await;
    let before = app.rows().await;
    for path in actions().iter().filter(|path| path.starts_with("/reset/")) {
        if ["/reset/why", "/reset/cancel"].contains(&path.as_str()) {
            continue;
        }
        for _ in 0..TIMES {
            walk.browser.clone().post_body(path, GARBAGE, &[]).await;
        }
    }
    assert!(app.rows().await - before <= 3, "{}", app.rows().await - before);
}

#[tokio::test]
async fn who_is_no_administrator_writes_a_few_rows_for_each_thing_that_is_denied() {
    let app = open().await;
    let user = app.add_user("bob").await;
    let browser = app.session(&user).await;
    for path in actions().iter().filter(|path| path.starts_with("/admin")) {
        let before = app.rows().await;
        for _ in 0..TIMES {
            browser.clone().post_body(path, GARBAGE, &[]).await;
        }
        let written = app.rows().await - before;
        assert!(written <= 2, "{path}: {written} rows");
    }
}

/// Forms without a field of their own: whatever is sent with them, they do what they are for.
const WITHOUT_FIELDS: [&str; 4] =
    ["/register/review", "/register/skip", "/security-info/drill", "/security-info/sign-out-elsewhere"];

#[tokio::test]
async fn garbage_of_who_is_signed_in_writes_a_few_rows() {
    let app = open().await;
    let user = alice(&app).await;
    let own = ["/register/", "/security-info/", "/signin/"];
    let all = actions();
    let of_people = all.iter().filter(|path| own.iter().any(|start| path.starts_with(start)));
    for path in of_people.filter(|path| !WITHOUT_FIELDS.contains(&path.as_str())) {
        let browser = app.session(&user).await;
        app.prove_by(&user, "mobile_phone").await;
        let before = app.rows().await;
        for _ in 0..TIMES {
            browser.clone().post_body(path, GARBAGE, &[]).await;
        }
        let written = app.rows().await - before;
        // A password that was typed is judged, and has a row of its own each time.
        let judged = if path == "/security-info/change-password" { 20 } else { 0 };
        assert!(written <= 15 + judged, "{path}: {written} rows for {TIMES} requests");
    }
}

#[tokio::test]
async fn a_locked_sign_in_is_written_down_at_once_and_then_together() {
    let app = TestApp::start().await;
    app.add_user("ana").await;
    let mut browser = app.browser();
    for number in 0..10 {
        browser.try_sign_in("ana", &format!("wrong {number}")).await;
    }
    let before = app.rows().await;
    for _ in 0..60 {
        browser.try_sign_in("ana", PASSWORD).await;
    }
    assert!(app.rows().await - before <= 3, "{}", app.rows().await - before);
    let locked = |rows: &[(String, String, String)]| {
        rows.iter().filter(|(_, _, reason)| reason == "Sign-in is locked").count()
    };
    assert_eq!(locked(&app.audit().await), 1);
    app.advance(Duration::from_mins(10));
    app.run_jobs().await;
    assert_eq!(locked(&app.audit().await), 2);
    let mut tx = app.engine.store.read().await.unwrap();
    let rows = tx.audit_chain(0, 1_000).await.unwrap();
    let last = rows.iter().rfind(|row| row.record.reason == "Sign-in is locked").unwrap();
    let details: serde_json::Value = serde_json::from_str(&last.record.details).unwrap();
    assert_eq!(details["times"], 59, "{details}");
    assert!(details["first"].as_str() <= details["last"].as_str());
    assert_eq!(last.record.target_name, "ana@contoso.example");
    // Nothing came since: nothing more is written.
    drop(tx);
    app.advance(Duration::from_mins(11));
    app.run_jobs().await;
    assert_eq!(locked(&app.audit().await), 2);
}

#[tokio::test]
async fn t141_wrong_answers_to_captchas_and_answers_again_write_so_much_and_no_more() {
    let app = open().await;
    let before = app.rows().await;
    let mut browser = app.browser();
    for number in 0..150 {
        let token = browser.get("/reset").await.input("captcha");
        let fields = [("username", "ghost"), ("captcha", token.as_str()), ("characters", "XXXXXX")];
        let page = browser.post("/reset", &fields).await;
        page.assert_shows("Those were not the characters");
        assert_eq!(page.status, 200, "{number}");
    }
    assert!(app.rows().await - before <= 65, "{}", app.rows().await - before);
}

#[tokio::test]
async fn help_that_is_asked_for_too_often_writes_a_few_rows() {
    let app = open().await;
    alice(&app).await;
    let before = app.rows().await;
    for number in 0..60 {
        app.browser().post("/help", &[("username", if number % 2 == 0 { "alice" } else { "ghost" })]).await;
    }
    assert!(app.rows().await - before <= 25, "{}", app.rows().await - before);
}

#[tokio::test]
async fn wrong_pairing_codes_of_ever_new_phones_write_a_few_rows() {
    let app = open().await;
    alice(&app).await;
    let before = app.rows().await;
    for _ in 0..40 {
        let mut phone = Phone::new(&app);
        phone.pair("alice@contoso.example", "ABCD-EFGH").await;
        phone.pair("", "nonsense").await;
    }
    assert!(app.rows().await - before <= 8, "{}", app.rows().await - before);
}

#[tokio::test]
async fn one_reset_takes_a_hundred_steps_and_no_more() {
    let app = open().await;
    let user = alice(&app).await;
    app.add_app(&user).await;
    app.set_policy(|policy| policy.methods.insert(Method::AppCode)).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    let before = app.rows().await;
    for _ in 0..150 {
        walk.browser.post_raw("/reset/method", &[("method", "app_code")]).await;
    }
    walk.browser.get("/reset/method").await.assert_shows("Too many requests");
    let written = app.rows().await - before;
    assert!(written <= 110, "{written}");
}
