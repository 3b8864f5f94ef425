//! Calls to the help desk: what is proved counts in one call, while it lasts.

use regain_store::{Challenge, HelpCall, HelpCallProof, TemporaryPass, User};

use crate::database::Database;
use crate::make::{MINUTE, NOW, challenge, help_call, id, pass};

on_both_engines!(
    a_call_is_of_one_administrator_about_one_person_for_a_while,
    a_proof_counts_in_its_call_while_that_goes_on,
    an_answer_is_one_proof,
    a_call_has_a_challenge_of_its_own,
    a_call_that_was_ended_stays_ended,
    what_voids_challenges_ends_calls_and_the_pass_that_nobody_used,
    calls_that_are_over_are_swept_with_what_was_asked,
    a_call_goes_with_its_people,
);

/// hal with ana on the phone.
async fn open(db: &Database) -> (User, User, HelpCall) {
    let (hal, ana) = (db.user("hal").await, db.user("ana").await);
    let call = help_call(&hal, &ana);
    let mut tx = db.write().await;
    tx.add_help_call(&call).await.unwrap();
    tx.commit().await.unwrap();
    (hal, ana, call)
}

async fn asked(db: &Database, call: &HelpCall) -> Challenge {
    let (_, flow) = db.flow(&format!("of {}", id())).await;
    let asked = Challenge {
        flow_id: None,
        help_call_id: Some(call.id),
        user_id: Some(call.user_id),
        purpose: "verify_caller".to_owned(),
        ..challenge(&flow)
    };
    let mut tx = db.write().await;
    tx.add_challenge(&asked).await.unwrap();
    tx.commit().await.unwrap();
    asked
}

fn proof(call: &HelpCall, of: &Challenge) -> HelpCallProof {
    HelpCallProof {
        challenge_id: of.id,
        help_call_id: call.id,
        method: of.method.clone(),
        method_id: None,
        destination: of.destination.clone(),
        proved_at: NOW,
    }
}

async fn a_call_is_of_one_administrator_about_one_person_for_a_while(db: Database) {
    let (hal, ana, call) = open(&db).await;
    let hope = db.user("hope").await;
    let mut tx = db.write().await;
    assert_eq!(tx.open_help_call(hal.id, ana.id, NOW).await.unwrap(), Some(call.clone()));
    assert_eq!(tx.open_help_call(hope.id, ana.id, NOW).await.unwrap(), None);
    assert_eq!(tx.open_help_call(hal.id, hope.id, NOW).await.unwrap(), None);
    assert_eq!(tx.open_help_call(hal.id, ana.id, call.expires_at).await.unwrap(), None);
    assert_eq!(tx.help_call(call.id).await.unwrap(), Some(call.clone()));
    assert!(!tx.override_help_call(call.id, "override", call.expires_at).await.unwrap());
    assert!(tx.override_help_call(call.id, "override", NOW).await.unwrap());
    let found = tx.open_help_call(hal.id, ana.id, NOW).await.unwrap().unwrap();
    assert_eq!(found.overridden_by.as_deref(), Some("override"));
}

async fn a_proof_counts_in_its_call_while_that_goes_on(db: Database) {
    let (_, _, call) = open(&db).await;
    let (first, second) = (asked(&db, &call).await, asked(&db, &call).await);
    let mut tx = db.write().await;
    let early = proof(&call, &first);
    assert!(tx.add_help_call_proof(&early).await.unwrap());
    let late = HelpCallProof { proved_at: call.expires_at, ..proof(&call, &second) };
    assert!(!tx.add_help_call_proof(&late).await.unwrap());
    let elsewhere = HelpCallProof { help_call_id: id(), ..proof(&call, &second) };
    assert!(!tx.add_help_call_proof(&elsewhere).await.unwrap());
    assert_eq!(tx.help_call_proofs(call.id).await.unwrap(), [early]);
}

async fn an_answer_is_one_proof(db: Database) {
    let (_, _, call) = open(&db).await;
    let asked = asked(&db, &call).await;
    let mut tx = db.write().await;
    assert!(tx.add_help_call_proof(&proof(&call, &asked)).await.unwrap());
    assert!(tx.add_help_call_proof(&proof(&call, &asked)).await.is_err());
}

async fn a_call_has_a_challenge_of_its_own(db: Database) {
    let (hal, _, of_ana) = open(&db).await;
    let of_bob = help_call(&hal, &db.user("bob").await);
    let mut tx = db.write().await;
    tx.add_help_call(&of_bob).await.unwrap();
    tx.commit().await.unwrap();
    let (first, other) = (asked(&db, &of_ana).await, asked(&db, &of_bob).await);
    let mut tx = db.read().await;
    assert_eq!(tx.help_call_challenge(of_ana.id).await.unwrap(), Some(first.clone()));
    assert!(tx.challenge_is_open(first.id, NOW).await.unwrap(), "another call supersedes nothing");
    drop(tx);
    asked(&db, &of_ana).await;
    let mut tx = db.read().await;
    assert!(!tx.challenge_is_open(first.id, NOW).await.unwrap());
    assert!(tx.challenge_is_open(other.id, NOW).await.unwrap());
}

async fn a_call_that_was_ended_stays_ended(db: Database) {
    let (hal, ana, call) = open(&db).await;
    let asked = asked(&db, &call).await;
    let mut tx = db.write().await;
    tx.end_help_calls(ana.id, NOW).await.unwrap();
    tx.end_help_calls(ana.id, NOW.plus(MINUTE)).await.unwrap();
    assert_eq!(tx.open_help_call(hal.id, ana.id, NOW).await.unwrap(), None);
    assert!(!tx.override_help_call(call.id, "override", NOW).await.unwrap());
    assert!(!tx.add_help_call_proof(&proof(&call, &asked)).await.unwrap());
    assert_eq!(tx.help_call(call.id).await.unwrap().unwrap().ended_at, Some(NOW));
}

async fn what_voids_challenges_ends_calls_and_the_pass_that_nobody_used(db: Database) {
    let (hal, ana, call) = open(&db).await;
    let asked = asked(&db, &call).await;
    let used = TemporaryPass { used_at: Some(NOW), ..pass(&hal) };
    let mut tx = db.write().await;
    tx.put_pass(&pass(&ana)).await.unwrap();
    tx.put_pass(&used).await.unwrap();
    assert_eq!(tx.void_challenges(ana.id, NOW).await.unwrap(), 1);
    tx.void_challenges(hal.id, NOW).await.unwrap();
    assert!(!tx.challenge_is_open(asked.id, NOW).await.unwrap());
    assert_eq!(tx.open_help_call(hal.id, ana.id, NOW).await.unwrap(), None);
    assert_eq!(tx.pass(ana.id).await.unwrap(), None);
    assert_eq!(tx.pass(hal.id).await.unwrap(), Some(used));
}

async fn calls_that_are_over_are_swept_with_what_was_asked(db: Database) {
    let (_, _, call) = open(&db).await;
    let asked = asked(&db, &call).await;
    let mut tx = db.write().await;
    tx.add_help_call_proof(&proof(&call, &asked)).await.unwrap();
    assert_eq!(tx.sweep_help_calls(call.expires_at).await.unwrap(), 0);
    assert_eq!(tx.sweep_help_calls(call.expires_at.plus(MINUTE)).await.unwrap(), 1);
    assert_eq!(tx.help_call(call.id).await.unwrap(), None);
    assert_eq!(tx.challenge_by_id(asked.id).await.unwrap(), None);
}

async fn a_call_goes_with_its_people(db: Database) {
    let (hal, ana, first) = open(&db).await;
    let second = help_call(&db.user("hope").await, &ana);
    let mut tx = db.write().await;
    tx.add_help_call(&second).await.unwrap();
    tx.delete_user(hal.id).await.unwrap();
    assert_eq!(tx.help_call(first.id).await.unwrap(), None);
    tx.delete_user(ana.id).await.unwrap();
    assert_eq!(tx.help_call(second.id).await.unwrap(), None);
}
