//! Temporary passes: one for a person, used up by one; and how long an administrator knows who is calling.

use regain_store::{CallerCheck, Session, TemporaryPass, User};

use crate::database::Database;
use crate::make::{MINUTE, NOW, id, pass, session};

on_both_engines!(
    a_person_has_one_pass,
    a_pass_for_one_use_is_used_once,
    a_pass_for_more_uses_lasts_until_it_runs_out,
    with_a_pass_its_sessions_go_and_no_others,
    a_check_is_of_one_person_by_one_administrator_for_a_while,
    what_is_over_is_swept,
    both_go_with_their_people,
);

async fn put(db: &Database, pass: &TemporaryPass) {
    let mut tx = db.write().await;
    tx.put_pass(pass).await.unwrap();
    tx.commit().await.unwrap();
}

fn check(admin: &User, user: &User) -> CallerCheck {
    CallerCheck {
        id: id(),
        admin_id: admin.id,
        user_id: user.id,
        way: "code".to_owned(),
        checked_at: NOW,
        expires_at: NOW.plus(10 * MINUTE),
    }
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

async fn a_check_is_of_one_person_by_one_administrator_for_a_while(db: Database) {
    let (hal, hope, ana) = (db.user("hal").await, db.user("hope").await, db.user("ana").await);
    let first = check(&hal, &ana);
    let second =
        CallerCheck { id: id(), way: "push".to_owned(), checked_at: NOW.plus(MINUTE), ..first.clone() };
    let mut tx = db.write().await;
    tx.add_caller_check(&first).await.unwrap();
    tx.add_caller_check(&second).await.unwrap();
    assert_eq!(tx.caller_check(hal.id, ana.id, NOW).await.unwrap(), Some(second.clone()), "the newest");
    assert_eq!(tx.caller_check(hope.id, ana.id, NOW).await.unwrap(), None);
    assert_eq!(tx.caller_check(hal.id, hope.id, NOW).await.unwrap(), None);
    assert_eq!(tx.caller_check(hal.id, ana.id, second.expires_at).await.unwrap(), None);
    tx.forget_caller_checks(ana.id).await.unwrap();
    assert_eq!(tx.caller_check(hal.id, ana.id, NOW).await.unwrap(), None);
}

async fn what_is_over_is_swept(db: Database) {
    let (hal, ana) = (db.user("hal").await, db.user("ana").await);
    put(&db, &pass(&ana)).await;
    put(&db, &TemporaryPass { expires_at: NOW.plus(10 * MINUTE), ..pass(&hal) }).await;
    let mut tx = db.write().await;
    tx.add_caller_check(&check(&hal, &ana)).await.unwrap();
    assert_eq!(tx.sweep_passes(NOW.plus(9 * MINUTE)).await.unwrap(), 0);
    assert_eq!(tx.sweep_passes(NOW.plus(10 * MINUTE)).await.unwrap(), 2);
    assert_eq!(tx.pass(hal.id).await.unwrap(), None);
    assert!(tx.pass(ana.id).await.unwrap().is_some());
}

async fn both_go_with_their_people(db: Database) {
    let (hal, ana) = (db.user("hal").await, db.user("ana").await);
    put(&db, &pass(&ana)).await;
    let mut tx = db.write().await;
    tx.add_caller_check(&check(&hal, &ana)).await.unwrap();
    tx.delete_user(hal.id).await.unwrap();
    assert_eq!(tx.caller_check(hal.id, ana.id, NOW).await.unwrap(), None);
    assert!(tx.pass(ana.id).await.unwrap().is_some(), "a pass outlives its issuer");
    tx.delete_user(ana.id).await.unwrap();
    assert_eq!(tx.pass(ana.id).await.unwrap(), None);
}
