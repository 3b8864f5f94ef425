//! Somebody else holds the SQLite file (F14): a backup tool, or a person with a shell.

use sqlx::{Connection as _, SqliteConnection};

use crate::reset::walk::{Walk, alice, wrong};
use crate::support::TestApp;

/// The time that a writer waits here, in place of five seconds.
const WAIT: &str = "1500";

#[tokio::test]
async fn f14_a_short_lock_is_waited_for_and_a_long_one_answered() {
    let app = TestApp::start_on_sqlite().await;
    app.set_policy(|policy| policy.scope = regain_core::policy::Scope::All).await;
    alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    app.engine.store.writer_pragma("busy_timeout", WAIT).await.unwrap();
    let mut other = SqliteConnection::connect(app.engine.config.database_url.expose()).await.unwrap();

    // Short: the answer is counted as soon as the file is free.
    sqlx::query("BEGIN EXCLUSIVE").execute(&mut other).await.unwrap();
    let mut browser = walk.browser.clone();
    let guess = wrong(&code);
    let posted = tokio::spawn(async move { browser.post("/reset/verify", &[("code", &guess)]).await });
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    assert!(!posted.is_finished(), "it waits");
    sqlx::query("COMMIT").execute(&mut other).await.unwrap();
    posted.await.unwrap().assert_shows("That code is not right");
    assert_eq!(app.number("SELECT attempts FROM challenges").await, 1);

    // Long: an answer that cannot be counted is not judged, be it right.
    sqlx::query("BEGIN EXCLUSIVE").execute(&mut other).await.unwrap();
    let reply = walk.browser.post_raw("/reset/verify", &[("code", &code)]).await;
    assert_eq!((reply.status, reply.headers["retry-after"].as_bytes()), (503, &b"5"[..]));
    reply.assert_shows("Nothing was lost");
    walk.browser.get("/reset/verify").await.assert_shows("Enter your verification code");
    let ready = app.browser().get_raw("/readyz").await;
    assert!(ready.status == 503 && ready.body.contains("did not answer in time"), "{}", ready.body);
    sqlx::query("COMMIT").execute(&mut other).await.unwrap();

    let reply = walk.browser.post_raw("/reset/verify", &[("code", &code)]).await;
    assert_eq!(reply.location(), "/reset/method");
    assert_eq!(app.number("SELECT COUNT(*) FROM proofs").await, 1);
    assert_eq!(app.browser().get_raw("/readyz").await.status, 200);
}
