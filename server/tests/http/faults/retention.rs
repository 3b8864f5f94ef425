//! Records are kept for a year, and what is older is cut so that the rest can still be verified.

use std::time::Duration;

use regain_server::audit::verify::{Head, Verdict};
use regain_server::audit::{self, service};

use crate::support::TestApp;

const DAY: Duration = Duration::from_hours(24);

async fn write(app: &TestApp, rows: usize) {
    let mut record = audit::success(service::PASSWORD, "Filler");
    record.at = app.now();
    let mut tx = app.engine.store.write().await.unwrap();
    tx.append_all(&vec![record; rows]).await.unwrap();
    tx.commit().await.unwrap();
}

async fn head(app: &TestApp) -> Head {
    match app.engine.verify_audit(None).await.unwrap() {
        Verdict::Whole(head) => head,
        broken @ Verdict::Broken { .. } => panic!("{broken:?}"),
    }
}

async fn assert_broken(app: &TestApp, because: &str) {
    match app.engine.verify_audit(None).await.unwrap() {
        Verdict::Broken { why, .. } => assert!(why.contains(because), "{why}"),
        Verdict::Whole(head) => panic!("whole up to {head}, though {because}"),
    }
}

/// 1,200 old records, 700 recent ones, and a cut between them.
async fn cut() -> (TestApp, Head) {
    let app = TestApp::start().await;
    write(&app, 1_200).await;
    app.advance(DAY * 200);
    write(&app, 700).await;
    let before = head(&app).await;
    app.engine.cut_audit().await.unwrap();
    assert_eq!(head(&app).await, before, "nothing is older than a year");
    app.advance(DAY * 170);
    app.engine.cut_audit().await.unwrap();
    (app, before)
}

#[tokio::test]
async fn records_older_than_a_year_are_cut_and_the_rest_verifies() {
    let (app, kept) = cut().await;
    assert_eq!(app.number("SELECT COUNT(*) FROM audit").await, 701);
    assert_eq!(app.number("SELECT MIN(seq) FROM audit").await, 1_201);
    assert_eq!(head(&app).await.seq, 1_901);
    let (activity, result, _) = app.audit().await.pop().unwrap();
    assert_eq!((activity.as_str(), result.as_str()), ("Cut audit log", "success"));
    // A head that was kept elsewhere before the cut is still met; one that was cut cannot be compared.
    assert!(matches!(app.engine.verify_audit(Some(&kept)).await.unwrap(), Verdict::Whole(_)));
    let cut_away = Head { seq: 7, hash: "00".to_owned() };
    assert!(matches!(app.engine.verify_audit(Some(&cut_away)).await.unwrap(), Verdict::Whole(_)));
    let other = Head { seq: kept.seq, hash: "00".to_owned() };
    assert!(matches!(app.engine.verify_audit(Some(&other)).await.unwrap(), Verdict::Broken { .. }));
    // Once a day at most, and never the newest.
    app.engine.cut_audit().await.unwrap();
    assert_eq!(app.number("SELECT COUNT(*) FROM audit").await, 701);
    app.advance(DAY * 2_000);
    app.engine.cut_audit().await.unwrap();
    assert_eq!(app.number("SELECT COUNT(*) FROM audit").await, 2);
    write(&app, 1).await;
    assert_eq!(head(&app).await.seq, 1_903);
    let reader = app.add_user("reader").await;
    app.grant(&reader, "reports_reader").await;
    let mut browser = app.browser();
    browser.sign_in("reader").await;
    browser.get("/admin/audit-logs").await.assert_shows("Records are kept for 365 days");
}

#[tokio::test]
async fn a_cut_that_nobody_with_the_key_made_is_found() {
    let (app, _) = cut().await;
    // Rows that are removed after the mark.
    app.execute("DELETE FROM audit WHERE seq <= 1300").await;
    assert_broken(&app, "missing").await;
    // A mark that was moved to hide it, with the hash that the next row continues.
    let moved = "UPDATE audit_cut SET seq = 1300, hash = (SELECT previous FROM audit WHERE seq = 1301)";
    app.execute(moved).await;
    assert_broken(&app, "forged").await;
    app.execute("DELETE FROM audit_cut").await;
    assert_broken(&app, "missing").await;
}

#[tokio::test]
async fn rows_that_were_changed_are_not_cut_away() {
    let app = TestApp::start().await;
    write(&app, 600).await;
    app.execute("UPDATE audit SET reason = 'nothing to see' WHERE seq = 100").await;
    app.advance(DAY * 400);
    write(&app, 1).await;
    app.engine.cut_audit().await.unwrap();
    assert_eq!(app.number("SELECT COUNT(*) FROM audit").await, 601);
    assert_broken(&app, "changed").await;
}
