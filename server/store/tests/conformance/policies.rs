//! Policies and settings: a save counts only from the version it was made from.

use regain_store::{Error, PolicyRow};

use crate::database::Database;
use crate::make::{MINUTE, NOW, group, id, settings};

on_both_engines!(
    a_policy_is_saved_from_its_newest_version_alone,
    a_deleted_group_leaves_a_policy_that_selects_nobody,
    settings_are_saved_from_their_newest_version_alone,
    one_of_many_first_saves_wins,
    one_of_many_saves_of_a_version_wins,
    a_picture_is_kept_until_it_is_deleted,
);

fn policy() -> PolicyRow {
    PolicyRow {
        id: id(),
        priority: 0,
        scope: "none".to_owned(),
        scope_group: None,
        version: 1,
        body: "{}".to_owned(),
        changed_at: NOW,
    }
}

async fn a_policy_is_saved_from_its_newest_version_alone(db: Database) {
    let first = policy();
    let mut tx = db.write().await;
    tx.add_policy(&first).await.unwrap();
    assert_eq!(tx.policies().await.unwrap(), vec![first.clone()]);
    let later = NOW.plus(MINUTE);
    let all =
        PolicyRow { scope: "all".to_owned(), body: "{1}".to_owned(), changed_at: later, ..first.clone() };
    tx.save_policy(&all).await.unwrap();
    assert!(matches!(tx.save_policy(&all).await, Err(Error::Conflict)));
    assert_eq!(tx.policies().await.unwrap(), vec![PolicyRow { version: 2, ..all }]);
    let next = PolicyRow { priority: -1, ..policy() };
    tx.add_policy(&next).await.unwrap();
    assert_eq!(tx.policies().await.unwrap()[0], next);
    assert!(matches!(tx.add_policy(&policy()).await, Err(Error::Conflict)));
}

async fn a_deleted_group_leaves_a_policy_that_selects_nobody(db: Database) {
    let group = group("a");
    let row = PolicyRow { scope: "selected".to_owned(), scope_group: Some(group.id), ..policy() };
    let mut tx = db.write().await;
    tx.add_group(&group).await.unwrap();
    tx.add_policy(&row).await.unwrap();
    tx.delete_group(group.id).await.unwrap();
    assert_eq!(tx.policies().await.unwrap(), vec![PolicyRow { scope_group: None, ..row }]);
}

async fn settings_are_saved_from_their_newest_version_alone(db: Database) {
    let mut tx = db.write().await;
    assert_eq!(tx.settings("organization").await.unwrap(), None);
    assert!(matches!(tx.save_settings(&settings(3, "{}")).await, Err(Error::Conflict)));
    tx.save_settings(&settings(0, "{}")).await.unwrap();
    assert_eq!(tx.settings("organization").await.unwrap(), Some(settings(1, "{}")));
    assert!(matches!(tx.save_settings(&settings(0, "{1}")).await, Err(Error::Conflict)));
    tx.save_settings(&settings(1, "{2}")).await.unwrap();
    assert_eq!(tx.settings("organization").await.unwrap(), Some(settings(2, "{2}")));
}

async fn one_of_many_first_saves_wins(db: Database) {
    assert_eq!(winners(&db, 0).await, 1);
}

async fn one_of_many_saves_of_a_version_wins(db: Database) {
    let mut tx = db.write().await;
    tx.save_settings(&settings(0, "{}")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(winners(&db, 1).await, 1);
    assert_eq!(db.read().await.settings("organization").await.unwrap().unwrap().version, 2);
}

/// How many of 30 saves from this version succeed.
async fn winners(db: &Database, version: i64) -> usize {
    let saved = db
        .at_once(30, |store| async move {
            let mut tx = store.write().await.unwrap();
            let saved = tx.save_settings(&settings(version, "{9}")).await.is_ok();
            if saved {
                tx.commit().await.unwrap();
            }
            saved
        })
        .await;
    saved.into_iter().filter(|saved| *saved).count()
}

async fn a_picture_is_kept_until_it_is_deleted(db: Database) {
    let mut tx = db.write().await;
    assert_eq!(tx.image("abc").await.unwrap(), None);
    tx.add_image("abc", &[0, 255, 7]).await.unwrap();
    tx.add_image("abc", &[1]).await.unwrap();
    assert_eq!(tx.image("abc").await.unwrap(), Some(vec![0, 255, 7]));
    tx.delete_image("abc").await.unwrap();
    tx.delete_image("abc").await.unwrap();
    assert_eq!(tx.image("abc").await.unwrap(), None);
}
