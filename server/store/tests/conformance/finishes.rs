//! Pages on phones, where the new password of a reset is chosen.

use regain_store::{Device, Finish, Flow};

use crate::database::Database;
use crate::make::{MINUTE, NOW, hash, id};

on_both_engines!(
    a_page_is_opened_by_one_of_many_and_never_offered_again,
    a_page_that_was_not_opened_is_offered_anew,
    a_page_ends_in_time_and_with_its_phone,
);

async fn offered(db: &Database, name: &str) -> (Flow, Finish) {
    let (user, flow) = db.flow(name).await;
    let device = Device {
        id: id(),
        user_id: user.id,
        session_id: None,
        method_id: None,
        code_id: None,
        public_key: vec![4; 65],
        client: String::new(),
        browser: None,
        seed: None,
        endpoint: None,
        push_key: None,
        push_auth: None,
        created_at: NOW,
        seen_at: NOW,
        pushed_at: None,
    };
    let finish = Finish {
        flow_id: flow.id,
        device_id: device.id,
        link_hash: hash(),
        token_hash: None,
        expires_at: NOW.plus(5 * MINUTE),
        opened_at: None,
    };
    let mut tx = db.write().await;
    tx.add_device(&device).await.unwrap();
    assert!(tx.offer_finish(&finish).await.unwrap());
    tx.commit().await.unwrap();
    (flow, finish)
}

async fn a_page_is_opened_by_one_of_many_and_never_offered_again(db: Database) {
    let (_, finish) = offered(&db, "ana").await;
    let link = finish.link_hash.clone();
    let opened = db
        .at_once(30, |store| {
            let link = link.clone();
            async move {
                let mut tx = store.write().await.unwrap();
                let opened = tx.open_finish(&link, &hash(), NOW).await.unwrap();
                tx.commit().await.unwrap();
                opened
            }
        })
        .await;
    assert_eq!(opened.into_iter().filter(|opened| *opened).count(), 1);
    let mut tx = db.write().await;
    let read = tx.finish_by_link(&link).await.unwrap().unwrap();
    assert_eq!(read.opened_at, Some(NOW));
    let by_token = tx.finish_by_token(read.token_hash.as_deref().unwrap()).await.unwrap();
    assert_eq!(by_token, Some(read));
    assert!(!tx.offer_finish(&Finish { link_hash: hash(), ..finish }).await.unwrap());
}

async fn a_page_that_was_not_opened_is_offered_anew(db: Database) {
    let (_, first) = offered(&db, "ana").await;
    let second = Finish { link_hash: hash(), ..first.clone() };
    let mut tx = db.write().await;
    assert!(tx.offer_finish(&second).await.unwrap());
    assert_eq!(tx.finish_by_link(&first.link_hash).await.unwrap(), None);
    assert!(!tx.open_finish(&first.link_hash, &hash(), NOW).await.unwrap());
    assert!(tx.open_finish(&second.link_hash, &hash(), NOW).await.unwrap());
}

async fn a_page_ends_in_time_and_with_its_phone(db: Database) {
    let (_, finish) = offered(&db, "ana").await;
    let mut tx = db.write().await;
    assert!(!tx.open_finish(&finish.link_hash, &hash(), finish.expires_at).await.unwrap());
    assert!(tx.open_finish(&finish.link_hash, &hash(), finish.expires_at.minus(MINUTE)).await.unwrap());
    let device = tx.device(finish.device_id).await.unwrap().unwrap();
    assert!(tx.delete_user(device.user_id).await.is_ok());
    assert_eq!(tx.finish_by_link(&finish.link_hash).await.unwrap(), None);
}
