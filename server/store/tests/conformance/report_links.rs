//! Links in mails, by which people report what was done to their account.

use regain_store::ReportLink;

use crate::database::Database;
use crate::make::{MINUTE, NOW, hash};

on_both_engines!(
    a_link_is_used_by_one_of_many,
    a_link_that_ended_or_that_nobody_made_is_not_used,
    a_link_goes_with_its_user,
    links_that_ended_are_swept,
);

async fn kept(db: &Database, name: &str) -> ReportLink {
    let user = db.user(name).await;
    let link = ReportLink {
        token_hash: hash(),
        user_id: user.id,
        kind: "notice-password-reset".to_owned(),
        support_code: "ABCD-2345".to_owned(),
        created_at: NOW,
        expires_at: NOW.plus(5 * MINUTE),
        used_at: None,
    };
    let mut tx = db.write().await;
    tx.add_report_link(&link).await.unwrap();
    tx.commit().await.unwrap();
    link
}

async fn a_link_is_used_by_one_of_many(db: Database) {
    let link = kept(&db, "ana").await;
    let token_hash = link.token_hash.clone();
    let used = db
        .at_once(30, |store| {
            let token_hash = token_hash.clone();
            async move {
                let mut tx = store.write().await.unwrap();
                let used = tx.use_report_link(&token_hash, NOW).await.unwrap();
                tx.commit().await.unwrap();
                used
            }
        })
        .await;
    assert_eq!(used.into_iter().filter(|used| *used).count(), 1);
    let mut tx = db.read().await;
    let read = tx.report_link(&link.token_hash).await.unwrap();
    assert_eq!(read, Some(ReportLink { used_at: Some(NOW), ..link }));
}

async fn a_link_that_ended_or_that_nobody_made_is_not_used(db: Database) {
    let link = kept(&db, "ana").await;
    let mut tx = db.write().await;
    assert!(!tx.use_report_link(&link.token_hash, link.expires_at).await.unwrap());
    assert!(!tx.use_report_link(&hash(), NOW).await.unwrap());
    assert_eq!(tx.report_link(&hash()).await.unwrap(), None);
    assert_eq!(tx.report_link(&link.token_hash).await.unwrap(), Some(link.clone()));
    assert!(tx.use_report_link(&link.token_hash, link.expires_at.minus(MINUTE)).await.unwrap());
}

async fn a_link_goes_with_its_user(db: Database) {
    let (link, other) = (kept(&db, "ana").await, kept(&db, "bob").await);
    let mut tx = db.write().await;
    tx.delete_user(link.user_id).await.unwrap();
    assert_eq!(tx.report_link(&link.token_hash).await.unwrap(), None);
    assert_eq!(tx.report_link(&other.token_hash).await.unwrap(), Some(other));
}

async fn links_that_ended_are_swept(db: Database) {
    let link = kept(&db, "ana").await;
    let mut tx = db.write().await;
    assert_eq!(tx.sweep_report_links(link.expires_at.minus(MINUTE)).await.unwrap(), 0);
    assert_eq!(tx.sweep_report_links(link.expires_at).await.unwrap(), 1);
    assert_eq!(tx.report_link(&link.token_hash).await.unwrap(), None);
}
