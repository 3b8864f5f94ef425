//! Transactions: what fails in one ends it, and harms no other.

use regain_core::time::Timestamp;
use regain_store::AuditCut;

use crate::database::Database;
use crate::make::{MINUTE, NOW, password, record, user};

on_both_engines!(
    a_failed_statement_ends_its_transaction,
    what_was_not_committed_is_undone_before_the_next_writer,
    a_sign_of_life_keeps_the_latest_instant,
    a_cut_leaves_a_mark,
);

async fn a_failed_statement_ends_its_transaction(db: Database) {
    let mut tx = db.write().await;
    tx.add_user(&user("ana")).await.unwrap();
    tx.commit().await.unwrap();
    for _ in 0..20 {
        let mut tx = db.write().await;
        tx.add_user(&user("bob")).await.unwrap();
        assert!(tx.set_password(&password(&user("nobody"), "v")).await.is_err());
        // Nothing more runs, be it right; and what cannot be durable is not said to be.
        assert!(tx.add_user(&user("cy")).await.is_err());
        assert!(tx.commit().await.is_err());
    }
    let mut tx = db.write().await;
    tx.add_user(&user("bob")).await.expect("nothing of it stayed");
    tx.commit().await.unwrap();
    assert!(db.store.writing().trouble.is_none(), "a row that cannot be says nothing about the database");
    assert!(db.store.writing().last.is_some());
}

async fn what_was_not_committed_is_undone_before_the_next_writer(db: Database) {
    for _ in 0..50 {
        let mut tx = db.write().await;
        tx.add_user(&user("ana")).await.expect("the one before left nothing");
        drop(tx);
        // Given up while a statement runs.
        let mut tx = db.write().await;
        let _ = tokio::time::timeout(std::time::Duration::ZERO, tx.add_user(&user("ana"))).await;
        drop(tx);
    }
    assert!(db.read().await.user_by_key("ana@contoso.example").await.unwrap().is_none());
    db.store.watch().await.unwrap();
}

async fn a_sign_of_life_keeps_the_latest_instant(db: Database) {
    assert_eq!(db.read().await.latest_seen().await.unwrap(), Timestamp(0));
    for (seen, latest) in [(NOW, NOW), (NOW.plus(MINUTE), NOW.plus(MINUTE)), (NOW, NOW.plus(MINUTE))] {
        let mut tx = db.write().await;
        assert_eq!(tx.beat(seen).await.unwrap(), latest);
        tx.commit().await.unwrap();
        assert_eq!(db.read().await.latest_seen().await.unwrap(), latest);
    }
}

async fn a_cut_leaves_a_mark(db: Database) {
    let mut tx = db.write().await;
    tx.append_all(&["a", "b", "c"].map(record)).await.unwrap();
    assert_eq!(tx.audit_cut().await.unwrap(), None);
    let mark = |seq| AuditCut {
        seq,
        hash: vec![7; 32],
        rows: seq,
        at: NOW,
        cut_by: "regain".to_owned(),
        seal: vec![1, 2, 3],
    };
    assert_eq!(tx.cut_audit(&mark(1)).await.unwrap(), 1);
    assert_eq!(tx.cut_audit(&mark(2)).await.unwrap(), 1);
    assert_eq!(tx.audit_cut().await.unwrap(), Some(mark(2)));
    assert_eq!(tx.audit_chain(0, 10).await.unwrap().iter().map(|row| row.seq).collect::<Vec<_>>(), [3]);
    // The chain goes on from what is left.
    tx.append(&record("d")).await.unwrap();
    assert_eq!(tx.audit_chain(0, 10).await.unwrap().len(), 2);
    tx.commit().await.unwrap();
}
