//! Transactions of SQLite that share a commit: what each of them may rely on. One thread, so that who queues is certain.

use std::sync::Arc;

#[cfg(feature = "test-seams")]
use regain_store::{Error, Trouble};
use regain_store::{Repeatable, Store};
use tokio::task::{JoinHandle, yield_now};

use crate::database::{Database, sqlite};
use crate::make::{password, user};

/// A writer that waits for its turn now, adds somebody and commits.
async fn queue(store: &Store, name: String) -> JoinHandle<regain_store::Result<()>> {
    let store = store.clone();
    let writing = tokio::spawn(async move {
        let mut tx = store.write().await?;
        tx.add_user(&user(&name)).await?;
        tx.commit().await
    });
    yield_now().await;
    writing
}

async fn is_there(db: &Database, name: &str) -> bool {
    db.read().await.user_by_key(&format!("{name}@contoso.example")).await.unwrap().is_some()
}

#[tokio::test]
async fn writers_who_wait_share_one_commit() {
    let db = sqlite().await;
    let before = db.store.writing();
    let mut first = db.write().await;
    let mut others = Vec::new();
    for number in 0..32 {
        others.push(queue(&db.store, format!("other{number}")).await);
    }
    first.add_user(&user("first")).await.unwrap();
    first.commit().await.unwrap();
    for other in others {
        other.await.unwrap().unwrap();
    }
    let after = db.store.writing();
    assert_eq!(after.transactions - before.transactions, 33);
    assert_eq!(after.commits - before.commits, 1);
    assert!(is_there(&db, "first").await && is_there(&db, "other31").await);
}

#[tokio::test]
async fn who_is_alone_pays_one_commit_and_a_crowd_a_few() {
    let db = sqlite().await;
    let before = db.store.writing().commits;
    for number in 0..5 {
        queue(&db.store, format!("alone{number}")).await.await.unwrap().unwrap();
    }
    assert_eq!(db.store.writing().commits - before, 5);
    // No commit has more than 64: the first of them waits for all.
    let held = db.write().await;
    let mut crowd = Vec::new();
    for number in 0..150 {
        crowd.push(queue(&db.store, format!("crowd{number}")).await);
    }
    drop(held);
    for one in crowd {
        one.await.unwrap().unwrap();
    }
    assert_eq!(db.store.writing().commits - before, 5 + 3);
}

#[tokio::test]
async fn nobody_is_acknowledged_or_seen_before_the_commit() {
    let db = sqlite().await;
    let mut first = db.write().await;
    first.add_user(&user("first")).await.unwrap();
    let store = db.store.clone();
    let second = tokio::spawn(async move { store.write().await.unwrap() });
    yield_now().await;
    let first = tokio::spawn(first.commit());
    let mut second = second.await.unwrap();
    // The second one is in the middle of its work: it sees what the first one did, and nobody else does.
    assert!(second.user_by_key("first@contoso.example").await.unwrap().is_some());
    assert!(!first.is_finished());
    assert!(!is_there(&db, "first").await);
    // It changes its mind: that undoes what it did, and nothing of the first one.
    second.add_user(&user("second")).await.unwrap();
    drop(second);
    first.await.unwrap().unwrap();
    assert!(is_there(&db, "first").await && !is_there(&db, "second").await);
}

#[tokio::test]
async fn who_fails_or_goes_away_harms_no_other() {
    let db = sqlite().await;
    let first = db.write().await;
    let store = db.store.clone();
    let fails = tokio::spawn(async move {
        let mut tx = store.write().await.unwrap();
        tx.add_user(&user("fails")).await.unwrap();
        assert!(tx.set_password(&password(&user("nobody"), "v")).await.is_err());
        tx.commit().await
    });
    yield_now().await;
    let store = db.store.clone();
    let goes = tokio::spawn(async move {
        let mut tx = store.write().await.unwrap();
        tx.add_user(&user("goes")).await.unwrap();
        std::future::pending::<()>().await;
    });
    yield_now().await;
    let waits = queue(&db.store, "waits".to_owned()).await;
    let last = queue(&db.store, "last".to_owned()).await;
    waits.abort();
    let first = tokio::spawn(first.commit());
    assert!(fails.await.unwrap().is_err());
    // Wherever it is in its work by now, it is given up.
    for _ in 0..3 {
        yield_now().await;
    }
    goes.abort();
    first.await.unwrap().unwrap();
    last.await.unwrap().unwrap();
    for (name, there) in [("fails", false), ("goes", false), ("waits", false), ("last", true)] {
        assert_eq!(is_there(&db, name).await, there, "{name}");
    }
}

#[tokio::test]
async fn who_answers_by_what_others_did_waits_until_it_is_durable() {
    let db = sqlite().await;
    let (first, request) = (db.write().await, Arc::new(Repeatable::default()));
    let (store, seeing) = (db.store.clone(), Arc::clone(&request));
    let sees = tokio::spawn(async move { seeing.run(async { drop(store.write().await.unwrap()) }).await });
    yield_now().await;
    let store = db.store.clone();
    let holds = tokio::spawn(async move { store.write().await.unwrap() });
    yield_now().await;
    let first = tokio::spawn(first.commit());
    sees.await.unwrap();
    let settled = tokio::spawn(async move { request.settle().await });
    let holds = holds.await.unwrap();
    assert!(!settled.is_finished() && !first.is_finished());
    drop(holds);
    first.await.unwrap().unwrap();
    settled.await.unwrap().unwrap();
}

/// The disk is full: SQLite undoes everything by itself, and everybody hears it.
#[cfg(feature = "test-seams")]
#[tokio::test]
async fn what_sqlite_undoes_is_lost_for_all_who_shared_it() {
    use crate::make::{NOW, record};

    let db = sqlite().await;
    let mut beats = db.write().await;
    beats.beat(NOW).await.unwrap();
    beats.commit().await.unwrap();
    // As many pages as there are: what changes a row fits, and much does not. One row at a time: of many at once SQLite
    // undoes the statement alone.
    db.store.writer_pragma("max_page_count", "1").await.unwrap();
    let (mut first, request) = (db.write().await, Arc::new(Repeatable::default()));
    first.beat(NOW).await.unwrap();
    let (store, seeing) = (db.store.clone(), Arc::clone(&request));
    let sees = tokio::spawn(async move { seeing.run(async { drop(store.write().await.unwrap()) }).await });
    yield_now().await;
    let store = db.store.clone();
    let fills = tokio::spawn(async move {
        let mut tx = store.write().await.unwrap();
        let (filler, mut full) = (record("filler"), Ok(()));
        for _ in 0..10_000 {
            full = tx.append(&filler).await;
            if full.is_err() {
                break;
            }
        }
        (full, tx.commit().await)
    });
    yield_now().await;
    let first = tokio::spawn(first.commit());
    let (full, committed) = fills.await.unwrap();
    assert!(matches!(full, Err(Error::Unavailable(Trouble::Full))), "{full:?}");
    assert!(committed.is_err());
    sees.await.unwrap();
    let ended = first.await.unwrap();
    assert!(matches!(ended, Err(Error::Unavailable(Trouble::Full))), "{ended:?}");
    assert!(matches!(request.settle().await, Err(Error::Unavailable(Trouble::Full))));
    // Nothing is left of it, and the next one writes.
    db.store.writer_pragma("max_page_count", "1073741823").await.unwrap();
    queue(&db.store, "next".to_owned()).await.await.unwrap().unwrap();
    assert!(is_there(&db, "next").await);
}
