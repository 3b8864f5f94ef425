//! A full disk, and a database that can only be read (F15, F16): nothing is accepted that is not written down, pages can
//! be read, and all is well again as soon as it is, without a restart.

use regain_server::audit::{self, service};
use regain_server::jobs::heartbeat;
use regain_server::upkeep::check::{self, Health};
use regain_store::{Error, Trouble};

use crate::reset::walk::{NEW, Walk, alice, opens, wrong};
use crate::support::{Reply, TestApp};

const EVERYTHING: &str = "1073741823";

async fn open(app: &TestApp) {
    app.set_policy(|policy| policy.scope = regain_core::policy::Scope::All).await;
}

/// Writes records until there is no room for another one.
async fn fill(app: &TestApp) -> Error {
    let mut at_once = 20;
    loop {
        let written = async {
            let mut tx = app.engine.store.write().await?;
            let mut record = audit::success(service::PASSWORD, "Filler");
            record.at = app.now();
            for _ in 0..at_once {
                tx.append(&record).await?;
            }
            tx.commit().await
        };
        match written.await {
            Ok(()) => {}
            Err(_) if at_once > 1 => at_once = 1,
            Err(error) => return error,
        }
    }
}

/// The sentence of `regain check` about the database.
async fn checked(app: &TestApp) -> (Health, String) {
    let findings = check::parts(&app.engine).await;
    let database = findings.into_iter().find(|finding| finding.part == "database").unwrap();
    (database.health, database.text)
}

#[track_caller]
fn assert_nothing_was_lost(reply: &Reply) {
    assert_eq!(reply.status, 503, "{}", reply.text());
    reply.assert_shows("Nothing was lost");
    assert_eq!(reply.headers["retry-after"], "5");
}

#[tokio::test]
async fn f15_a_full_disk_accepts_nothing_and_recovers_without_a_restart() {
    let app = TestApp::start_on_sqlite().await;
    open(&app).await;
    let user = alice(&app).await;
    let (mut walk, _) = Walk::to_methods(&app, "alice@contoso.example").await;
    walk.choose("email").await;
    let code = app.code_for("alice@mail.example").await;
    app.engine.store.writer_pragma("max_page_count", "1").await.unwrap();
    assert!(matches!(fill(&app).await, Error::Unavailable(Trouble::Full)));
    // The connection that failed was not handed on with a transaction open: each says what is wrong, and that is room.
    for _ in 0..3 {
        assert!(matches!(fill(&app).await, Error::Unavailable(Trouble::Full)));
    }

    let ready = app.browser().get_raw("/readyz").await;
    assert_eq!(ready.status, 503);
    assert!(ready.body.contains("its disk is full") && ready.body.contains("last write"), "{}", ready.body);
    assert_eq!(app.browser().get_raw("/livez").await.status, 200);
    assert!(heartbeat::beat(&app.engine).await.is_err(), "a small write finds it out as well");
    let (health, text) = checked(&app).await;
    assert!(health == Health::Ill && text.contains("its disk is full"), "{text}");

    // The answers are counted, or refused; neither is accepted, and the page can be read.
    let fields = [("code", code.as_str())];
    assert_nothing_was_lost(&walk.browser.post_raw("/reset/verify", &[("code", &wrong(&code))]).await);
    assert_nothing_was_lost(&walk.browser.post_raw("/reset/verify", &fields).await);
    walk.browser.get("/reset/verify").await.assert_shows("Enter your verification code");
    assert_eq!(app.number("SELECT COUNT(*) FROM proofs").await, 0);
    let mut elsewhere = app.browser();
    elsewhere.get("/signin").await.assert_shows("Sign in");
    assert!(opens(&app, &user, crate::support::PASSWORD).await);

    app.engine.store.writer_pragma("max_page_count", EVERYTHING).await.unwrap();
    heartbeat::beat(&app.engine).await.unwrap();
    let ready = app.browser().get_raw("/readyz").await;
    assert_eq!((ready.status, ready.body.lines().next()), (200, Some("ok")));
    assert_eq!(checked(&app).await.0, Health::Well);
    let reply = walk.browser.post_raw("/reset/verify", &fields).await;
    assert_eq!(reply.location(), "/reset/method", "{}", reply.text());
    walk.by_text("+14255550100").await;
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert!(opens(&app, &user, NEW).await);
    let verdict = app.engine.verify_audit(None).await.unwrap();
    assert!(matches!(verdict, audit::verify::Verdict::Whole(_)), "{verdict:?}");
}

/// Whoever asks, and however often: the answer comes from what was written last.
#[tokio::test]
async fn readiness_is_told_without_a_write() {
    let app = TestApp::start().await;
    alice(&app).await;
    let before = app.content().await;
    for _ in 0..3 {
        assert_eq!(app.browser().get_raw("/readyz").await.status, 200);
        app.advance(std::time::Duration::from_secs(90));
    }
    assert!(app.content().await == before);
}

#[tokio::test]
async fn f16_a_database_that_can_only_be_read_is_read() {
    let app = TestApp::start_on_sqlite().await;
    open(&app).await;
    let user = alice(&app).await;
    let mut walk = Walk::to_password(&app).await;
    app.engine.store.writer_pragma("query_only", "1").await.unwrap();
    assert_nothing_was_lost(
        &walk.browser.post_raw("/reset/password", &[("new_password", NEW), ("confirm_password", NEW)]).await,
    );
    let ready = app.browser().get_raw("/readyz").await;
    assert!(ready.status == 503 && ready.body.contains("it can only be read"), "{}", ready.body);
    walk.browser.get("/reset/password").await.assert_shows("Choose a new password");
    // Whoever is signed in goes on reading, a minute later, too.
    let mut signed_in = app.browser();
    app.engine.store.writer_pragma("query_only", "0").await.unwrap();
    signed_in.sign_in("alice").await;
    app.engine.store.writer_pragma("query_only", "1").await.unwrap();
    app.advance(std::time::Duration::from_secs(90));
    assert_eq!(signed_in.get("/security-info").await.status, 200);
    // The same for JSON that a phone asks for, and for a file.
    assert!(opens(&app, &user, crate::support::PASSWORD).await);
    app.engine.store.writer_pragma("query_only", "0").await.unwrap();
    walk.finish(NEW).await.assert_shows("Your password has been reset");
    assert_eq!(app.browser().get_raw("/readyz").await.status, 200);
    assert!(opens(&app, &user, NEW).await);
}

/// An error at the very end: the database refuses the commit itself.
#[tokio::test]
async fn a_refused_commit_leaves_the_writer_as_it_was() {
    let app = TestApp::start_on_sqlite().await;
    for statement in [
        "CREATE TABLE parents (id INTEGER PRIMARY KEY)",
        "CREATE TABLE children (id INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)",
        "CREATE TRIGGER orphan AFTER INSERT ON audit WHEN NEW.activity = 'Orphan'
         BEGIN INSERT INTO children VALUES (1); END",
    ] {
        app.execute(statement).await;
    }
    for _ in 0..3 {
        let mut tx = app.engine.store.write().await.unwrap();
        tx.append(&audit::success(service::PASSWORD, "Orphan")).await.unwrap();
        assert!(tx.commit().await.is_err());
    }
    let mut tx = app.engine.store.write().await.unwrap();
    tx.append(&audit::success(service::PASSWORD, "Child")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(app.audit().await.len(), 1);
}

/// Whoever waits for a commit may go away while it is made: it happens wholly or not at all, and the next writer writes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_nobody_waits_for_harms_no_later_writer() {
    let app = TestApp::start_on_sqlite().await;
    for round in 0..200_u32 {
        let store = app.engine.store.clone();
        let writing = tokio::spawn(async move {
            let mut tx = store.write().await.unwrap();
            tx.append(&audit::success(service::PASSWORD, "Abandoned")).await.unwrap();
            tx.commit().await
        });
        for _ in 0..round % 40 {
            tokio::task::yield_now().await;
        }
        writing.abort();
        let _ = writing.await;
    }
    let mut tx = app.engine.store.write().await.unwrap();
    tx.append(&audit::success(service::PASSWORD, "After")).await.unwrap();
    tx.commit().await.unwrap();
    let verdict = app.engine.verify_audit(None).await.unwrap();
    assert!(matches!(verdict, audit::verify::Verdict::Whole(_)), "{verdict:?}");
}
