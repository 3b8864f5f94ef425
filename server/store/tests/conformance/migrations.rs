//! The schema: the same steps on both engines, and no step back.

use std::collections::BTreeSet;
use std::path::Path;

use regain_store::{Error, Store};

use crate::database::Database;
use crate::scratch::run_statement;

on_both_engines!(
    a_migrated_database_has_nothing_pending,
    migrating_at_once_is_safe,
    an_older_binary_is_refused,
    only_sqlite_is_backed_up_from_here,
);

#[test]
fn both_engines_have_migrations_of_the_same_names() {
    let names = |engine: &str| -> BTreeSet<_> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name()).collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(!names("sqlite").is_empty());
}

async fn execute(db: &Database, statement: &str) {
    run_statement(&db.url, statement).await;
}

async fn a_migrated_database_has_nothing_pending(db: Database) {
    assert_eq!(db.store.pending_migrations().await.unwrap(), 0);
    db.store.migrate().await.unwrap();
    execute(&db, "DELETE FROM _sqlx_migrations WHERE version = (SELECT MAX(version) FROM _sqlx_migrations)")
        .await;
    assert_eq!(db.store.pending_migrations().await.unwrap(), 1);
}

async fn migrating_at_once_is_safe(db: Database) {
    let url = db.url.clone();
    let migrated = db
        .at_once(4, |_| {
            let url = url.clone();
            async move { Store::open(&url).await.unwrap().migrate().await.is_ok() }
        })
        .await;
    assert!(migrated.into_iter().all(|migrated| migrated));
}

async fn an_older_binary_is_refused(db: Database) {
    let newer = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                 VALUES (9999, 'from the future', TRUE, '00', 0)";
    execute(&db, &newer.replace("'00'", if db.url.starts_with("sqlite:") { "x'00'" } else { "'\\x00'" }))
        .await;
    assert!(matches!(db.store.pending_migrations().await, Err(Error::NewerSchema)));
    assert!(matches!(db.store.migrate().await, Err(Error::NewerSchema)));
}

async fn only_sqlite_is_backed_up_from_here(db: Database) {
    let ana = db.user("ana").await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy.db");
    if !db.url.starts_with("sqlite:") {
        assert!(matches!(db.store.backup(&file).await, Err(Error::Unsupported(_))));
        return;
    }
    db.store.backup(&file).await.unwrap();
    let copy = Store::open(&format!("sqlite:{}", file.display())).await.unwrap();
    assert_eq!(copy.read().await.unwrap().user(ana.id).await.unwrap(), Some(ana));
    // An existing file is never overwritten.
    assert!(db.store.backup(&file).await.is_err());
}
