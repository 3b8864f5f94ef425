//! Temporary passes: one for a person, used up by one.

use regain_store::{Session, TemporaryPass};

use crate::database::Database;
use crate::make::{MINUTE, NOW, id, pass, session};

on_both_engines!(
    a_person_has_one_pass,
    a_pass_for_one_use_is_used_once,
    a_pass_for_more_uses_lasts_until_it_runs_out,
    with_a_pass_its_sessions_go_and_no_others,
    what_is_over_is_swept,
    a_pass_goes_with_its_person_and_outlives_its_issuer,
);

async fn put(db: &Database, pass: &TemporaryPass) {
    let mut tx = db.write().await;
    tx.put_pass(pass).await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_person_has_one_pass(db: Database) {
    let ana = db.user("ana").await;
    let (first, second) = (pass(&ana), pass(&ana));
    put(&db, &first).await;
    put(&db, &second).await;
    let mut tx = db.write().await;
    assert_eq!(tx.pass(ana.id).await.unwrap(), Some(second.clone()));
    assert_eq!(tx.pass(id()).await.unwrap(), None);
    assert!(!tx.use_pass(first.id, NOW).await.unwrap(), "replaced");
    assert!(tx.delete_pass(ana.id).await.unwrap());
    assert!(!tx.delete_pass(ana.id).await.unwrap());
    assert!(!tx.use_pass(second.id, NOW).await.unwrap(), "gone");
}

async fn a_pass_for_one_use_is_used_once(db: Database) {
    let ana = db.user("ana").await;
    let kept = pass(&ana);
    put(&db, &kept).await;
    let mut tx = db.write().await;
    assert!(!tx.use_pass(kept.id, kept.expires_at).await.unwrap(), "over at its end");
    assert!(tx.use_pass(kept.id, NOW).await.unwrap());
    assert!(!tx.use_pass(kept.id, NOW.plus(MINUTE)).await.unwrap());
    assert_eq!(tx.pass(ana.id).await.unwrap().unwrap().used_at, Some(NOW));
}

async fn a_pass_for_more_uses_lasts_until_it_runs_out(db: Database) {
    let ana = db.user("ana").await;
    let kept = TemporaryPass { one_time: false, ..pass(&ana) };
    put(&db, &kept).await;
    let mut tx = db.write().await;
    assert!(tx.use_pass(kept.id, NOW).await.unwrap());
    assert!(tx.use_pass(kept.id, NOW.plus(MINUTE)).await.unwrap());
    assert_eq!(tx.pass(ana.id).await.unwrap().unwrap().used_at, Some(NOW.plus(MINUTE)));
    assert!(!tx.use_pass(kept.id, kept.expires_at).await.unwrap());
}

async fn with_a_pass_its_sessions_go_and_no_others(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let (of_ana, of_bob) = (pass(&ana), pass(&bob));
    put(&db, &of_ana).await;
    put(&db, &of_bob).await;
    let by_password = session(&ana);
    let by_pass = Session { pass_id: Some(of_ana.id), ..session(&ana) };
    let of_other = Session { pass_id: Some(of_bob.id), ..session(&bob) };
    let mut tx = db.write().await;
    for kept in [&by_password, &by_pass, &of_other] {
        tx.add_session(kept).await.unwrap();
    }
    let found = tx.session(&by_pass.token_hash, NOW, NOW.minus(MINUTE)).await.unwrap().unwrap();
    assert_eq!(found.pass_id, Some(of_ana.id));
    tx.put_pass(&pass(&ana)).await.unwrap();
    assert_eq!(tx.sessions_of(ana.id).await.unwrap(), std::slice::from_ref(&by_password));
    assert_eq!(tx.sessions_of(bob.id).await.unwrap().len(), 1);
}

async fn what_is_over_is_swept(db: Database) {
    let (hal, ana) = (db.user("hal").await, db.user("ana").await);
    put(&db, &pass(&ana)).await;
    put(&db, &TemporaryPass { expires_at: NOW.plus(10 * MINUTE), ..pass(&hal) }).await;
    let mut tx = db.write().await;
    assert_eq!(tx.sweep_passes(NOW.plus(9 * MINUTE)).await.unwrap(), 0);
    assert_eq!(tx.sweep_passes(NOW.plus(10 * MINUTE)).await.unwrap(), 1);
    assert_eq!(tx.pass(hal.id).await.unwrap(), None);
    assert!(tx.pass(ana.id).await.unwrap().is_some());
}

async fn a_pass_goes_with_its_person_and_outlives_its_issuer(db: Database) {
    let (hal, ana) = (db.user("hal").await, db.user("ana").await);
    put(&db, &pass(&ana)).await;
    let mut tx = db.write().await;
    tx.delete_user(hal.id).await.unwrap();
    assert!(tx.pass(ana.id).await.unwrap().is_some());
    tx.delete_user(ana.id).await.unwrap();
    assert_eq!(tx.pass(ana.id).await.unwrap(), None);
}
