//! The audit log: a chain without gaps, however many write at once.

use regain_store::{AuditFilter, AuditRecord, AuditRow};

use crate::database::Database;
use crate::make::{MINUTE, NOW, record};

on_both_engines!(
    a_record_comes_back_as_it_was_written,
    every_row_continues_the_chain,
    a_record_that_is_written_in_vain_leaves_nothing_behind,
    records_written_at_once_make_one_chain,
    a_filter_matches_what_it_names,
    pages_go_back_in_time,
);

async fn keep(db: &Database, records: &[AuditRecord]) {
    let mut tx = db.write().await;
    for record in records {
        tx.append(record).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn assert_whole(rows: &[AuditRow]) {
    let mut previous = vec![0; 32];
    for (index, row) in rows.iter().enumerate() {
        assert_eq!(row.seq, i64::try_from(index).unwrap() + 1);
        assert_eq!(row.previous, previous, "row {}", row.seq);
        assert_eq!(row.hash, row.expected_hash(), "row {}", row.seq);
        previous.clone_from(&row.hash);
    }
}

async fn a_record_comes_back_as_it_was_written(db: Database) {
    let written = AuditRecord { reason: "Ünïcode 🗝 'quoted'".to_owned(), ..record("a") };
    keep(&db, std::slice::from_ref(&written)).await;
    let rows = db.read().await.audit_chain(0, 10).await.unwrap();
    assert_eq!(rows[0].record, written);
}

async fn every_row_continues_the_chain(db: Database) {
    keep(&db, &[record("a"), record("b")]).await;
    keep(&db, &[record("c")]).await;
    let mut tx = db.read().await;
    assert_whole(&tx.audit_chain(0, 10).await.unwrap());
    let second = tx.audit_chain(1, 1).await.unwrap();
    assert_eq!((second.len(), second[0].record.activity.as_str()), (1, "b"));
}

async fn a_record_that_is_written_in_vain_leaves_nothing_behind(db: Database) {
    let mut tx = db.write().await;
    tx.append_in_vain(&record("a")).await.unwrap();
    tx.append(&record("b")).await.unwrap();
    tx.append_in_vain(&record("c")).await.unwrap();
    tx.commit().await.unwrap();
    keep(&db, &[record("d")]).await;
    let rows = db.read().await.audit_chain(0, 10).await.unwrap();
    assert_whole(&rows);
    assert_eq!(rows.iter().map(|row| row.record.activity.as_str()).collect::<Vec<_>>(), ["b", "d"]);
}

async fn records_written_at_once_make_one_chain(db: Database) {
    db.at_once(30, |store| async move {
        let mut tx = store.write().await.unwrap();
        tx.append(&record("a")).await.unwrap();
        tx.append(&record("b")).await.unwrap();
        tx.commit().await.unwrap();
    })
    .await;
    let rows = db.read().await.audit_chain(0, 100).await.unwrap();
    assert_eq!(rows.len(), 60);
    assert_whole(&rows);
}

async fn a_filter_matches_what_it_names(db: Database) {
    let other = AuditRecord {
        at: NOW.plus(MINUTE),
        service: "Sign-in".to_owned(),
        result: "failure".to_owned(),
        actor_upn: "cy@contoso.example".to_owned(),
        target_name: String::new(),
        correlation: "0000-0000".to_owned(),
        ..record("b")
    };
    keep(&db, &[record("a"), other]).await;
    let any = AuditFilter::default;
    for (filter, expected) in [
        (any(), "ba"),
        (AuditFilter { service: "Sign-in".to_owned(), ..any() }, "b"),
        (AuditFilter { activity: "a".to_owned(), ..any() }, "a"),
        (AuditFilter { result: "failure".to_owned(), ..any() }, "b"),
        (AuditFilter { person: " ANA@contoso.example ".to_owned(), ..any() }, "a"),
        (AuditFilter { person: "bob@CONTOSO.example".to_owned(), ..any() }, "a"),
        (AuditFilter { person: "cy".to_owned(), ..any() }, ""),
        (AuditFilter { correlation: "0000-0000".to_owned(), ..any() }, "b"),
        (AuditFilter { from: Some(NOW.plus(MINUTE)), ..any() }, "b"),
        (AuditFilter { until: Some(NOW.plus(MINUTE)), ..any() }, "a"),
        (AuditFilter { activity: "a".to_owned(), result: "failure".to_owned(), ..any() }, ""),
    ] {
        let rows = db.read().await.audit_rows(&filter, i64::MAX, 10).await.unwrap();
        let found: String = rows.iter().map(|row| row.record.activity.as_str()).collect();
        assert_eq!(found, expected, "{filter:?}");
    }
}

async fn pages_go_back_in_time(db: Database) {
    keep(&db, &["a", "b", "c"].map(record)).await;
    let mut tx = db.read().await;
    let first = tx.audit_rows(&AuditFilter::default(), i64::MAX, 2).await.unwrap();
    assert_eq!(first.iter().map(|row| row.seq).collect::<Vec<_>>(), [3, 2]);
    let second = tx.audit_rows(&AuditFilter::default(), 2, 2).await.unwrap();
    assert_eq!(second.iter().map(|row| row.seq).collect::<Vec<_>>(), [1]);
}
