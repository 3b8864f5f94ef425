//! The last reset of a person.

use regain_store::Hold;

use crate::database::Database;
use crate::make::{MINUTE, NOW, hash, session};

on_both_engines!(
    a_hold_takes_the_place_of_an_earlier_one_and_ends,
    one_of_many_sign_ins_takes_a_proof,
    a_session_agrees_under_a_new_token,
);

fn hold(user_id: uuid::Uuid) -> Hold {
    Hold { user_id, reset_at: NOW, proofs: "[]".to_owned(), approver: Some(hash()), carried_at: None }
}

async fn a_hold_takes_the_place_of_an_earlier_one_and_ends(db: Database) {
    let ana = db.user("ana").await;
    let (first, mut tx) = (hold(ana.id), db.write().await);
    assert_eq!(tx.hold(ana.id).await.unwrap(), None);
    tx.begin_hold(&first).await.unwrap();
    assert!(tx.carry_hold(ana.id, NOW, NOW).await.unwrap());
    let second = Hold { reset_at: NOW.plus(MINUTE), approver: None, ..hold(ana.id) };
    tx.begin_hold(&second).await.unwrap();
    assert_eq!(tx.hold(ana.id).await.unwrap(), Some(second));
    assert!(!tx.carry_hold(ana.id, NOW, NOW).await.unwrap(), "of a reset that is not the last one");
    assert_eq!(tx.sweep_holds(NOW.plus(MINUTE)).await.unwrap(), 0);
    assert_eq!(tx.sweep_holds(NOW.plus(2 * MINUTE)).await.unwrap(), 1);
    tx.begin_hold(&first).await.unwrap();
    assert!(tx.end_hold(ana.id).await.unwrap() && !tx.end_hold(ana.id).await.unwrap());
}

async fn one_of_many_sign_ins_takes_a_proof(db: Database) {
    let ana = db.user("ana").await;
    let mut tx = db.write().await;
    tx.begin_hold(&hold(ana.id)).await.unwrap();
    tx.commit().await.unwrap();
    let taken = db
        .at_once(30, |store| async move {
            let mut tx = store.write().await.unwrap();
            let taken = tx.carry_hold(ana.id, NOW, NOW.plus(MINUTE)).await.unwrap();
            tx.commit().await.unwrap();
            taken
        })
        .await;
    assert_eq!(taken.into_iter().filter(|taken| *taken).count(), 1);
}

async fn a_session_agrees_under_a_new_token(db: Database) {
    let ana = db.user("ana").await;
    let (here, token) = (session(&ana), hash());
    let mut tx = db.write().await;
    tx.add_session(&here).await.unwrap();
    assert!(tx.agree_session(here.id, &token, "email", NOW).await.unwrap());
    let read = tx.session_by_id(here.id).await.unwrap().unwrap();
    assert_eq!((read.agreed_at, read.agreed_by.as_deref()), (Some(NOW), Some("email")));
    assert_eq!(read.token_hash, token);
    tx.end_session(here.id).await.unwrap();
    assert!(!tx.agree_session(here.id, &hash(), "email", NOW).await.unwrap());
}
