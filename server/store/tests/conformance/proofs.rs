//! Challenges and proofs: tries are counted under a limit, an answer counts once.

use regain_store::{Challenge, Error, Flow, Proof};

use crate::database::Database;
use crate::make::{MINUTE, NOW, challenge, id, proof, session};

on_both_engines!(
    a_newer_challenge_supersedes_the_older,
    what_was_used_or_replaced_is_found_for_its_person_and_purpose,
    a_session_has_challenges_by_purpose,
    a_challenge_is_open_until_it_dies,
    tries_are_counted_up_to_the_limit,
    tries_at_once_never_pass_the_limit,
    one_of_many_consumes_a_challenge,
    a_dead_challenge_is_not_consumed,
    every_open_challenge_of_a_user_is_voided,
    a_challenge_has_one_proof,
    dead_challenges_of_sessions_are_swept,
);

async fn keep(db: &Database, challenge: &Challenge) {
    let mut tx = db.write().await;
    tx.add_challenge(challenge).await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_newer_challenge_supersedes_the_older(db: Database) {
    let (_, flow) = db.flow("ana").await;
    let old = db.challenge(&flow).await;
    let new = Challenge { created_at: NOW.plus(MINUTE), ..challenge(&flow) };
    assert_eq!(db.read().await.flow_challenge(flow.id).await.unwrap().as_ref(), Some(&old));
    keep(&db, &new).await;
    let mut tx = db.read().await;
    assert_eq!(tx.flow_challenge(flow.id).await.unwrap().as_ref(), Some(&new));
    assert!(!tx.challenge_is_open(old.id, NOW).await.unwrap());
    assert!(tx.challenge_is_open(new.id, NOW).await.unwrap());
    assert_eq!(tx.flow_challenge(id()).await.unwrap(), None);
}

async fn what_was_used_or_replaced_is_found_for_its_person_and_purpose(db: Database) {
    let (ana, flow) = db.flow("ana").await;
    let of = |at: u32| Challenge {
        mac: Some(vec![1]),
        created_at: NOW.plus(MINUTE * at),
        expires_at: NOW.plus(MINUTE * 60),
        ..challenge(&flow)
    };
    let (replaced, used, open) = (of(1), of(2), of(3));
    keep(&db, &replaced).await;
    keep(&db, &used).await;
    let mut tx = db.write().await;
    assert!(tx.consume_challenge(used.id, NOW.plus(MINUTE * 2)).await.unwrap());
    tx.add_challenge(&open).await.unwrap();
    let method = &open.method;
    let found = tx.spent_challenges(ana.id, &open.purpose, method, NOW).await.unwrap();
    assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [used.id, replaced.id]);
    for (user, purpose, method, since) in [
        (id(), open.purpose.as_str(), method.as_str(), NOW),
        (ana.id, "another", method.as_str(), NOW),
        (ana.id, open.purpose.as_str(), "another", NOW),
        (ana.id, open.purpose.as_str(), method.as_str(), NOW.plus(MINUTE * 2)),
    ] {
        assert!(tx.spent_challenges(user, purpose, method, since).await.unwrap().is_empty());
    }
}

async fn a_session_has_challenges_by_purpose(db: Database) {
    let (ana, flow) = db.flow("ana").await;
    let session = session(&ana);
    let mut tx = db.write().await;
    tx.add_session(&session).await.unwrap();
    let of = |purpose: &str| Challenge {
        flow_id: None,
        session_id: Some(session.id),
        purpose: purpose.to_owned(),
        method_id: Some(id()),
        ..challenge(&flow)
    };
    let (register, step_up) = (of("register"), of("step_up"));
    tx.add_challenge(&register).await.unwrap();
    tx.add_challenge(&step_up).await.unwrap();
    assert_eq!(tx.session_challenge(session.id, "register").await.unwrap(), Some(register));
    assert_eq!(tx.session_challenge(session.id, "step_up").await.unwrap(), Some(step_up));
    assert_eq!(tx.session_challenge(session.id, "reset").await.unwrap(), None);
}

async fn a_challenge_is_open_until_it_dies(db: Database) {
    let (_, flow) = db.flow("ana").await;
    let kept = db.challenge(&flow).await;
    let mut tx = db.read().await;
    assert!(tx.challenge_is_open(kept.id, NOW).await.unwrap());
    assert!(!tx.challenge_is_open(kept.id, kept.expires_at).await.unwrap());
    assert!(!tx.challenge_is_open(id(), NOW).await.unwrap());
}

async fn tries_are_counted_up_to_the_limit(db: Database) {
    let (_, flow) = db.flow("ana").await;
    let kept = db.challenge(&flow).await;
    let mut tx = db.write().await;
    assert_eq!(tx.count_try(kept.id, 2, NOW).await.unwrap(), Some(1));
    assert_eq!(tx.count_try(kept.id, 2, NOW).await.unwrap(), Some(2));
    assert_eq!(tx.count_try(kept.id, 2, NOW).await.unwrap(), None);
    assert_eq!(tx.count_try(kept.id, 9, kept.expires_at).await.unwrap(), None);
    assert_eq!(tx.count_try(id(), 9, NOW).await.unwrap(), None);
    tx.uncount_try(kept.id).await.unwrap();
    assert_eq!(tx.count_try(kept.id, 2, NOW).await.unwrap(), Some(2));
    for _ in 0..3 {
        tx.uncount_try(kept.id).await.unwrap();
    }
    assert_eq!(tx.count_try(kept.id, 2, NOW).await.unwrap(), Some(1));
}

async fn tries_at_once_never_pass_the_limit(db: Database) {
    let (_, flow) = db.flow("ana").await;
    let kept = db.challenge(&flow).await;
    let mut counted: Vec<_> = db
        .at_once(30, |store| async move {
            let mut tx = store.write().await.unwrap();
            let counted = tx.count_try(kept.id, 3, NOW).await.unwrap();
            tx.commit().await.unwrap();
            counted
        })
        .await
        .into_iter()
        .flatten()
        .collect();
    counted.sort_unstable();
    assert_eq!(counted, [1, 2, 3]);
}

async fn one_of_many_consumes_a_challenge(db: Database) {
    let (_, flow) = db.flow("ana").await;
    let kept = db.challenge(&flow).await;
    let consumed = db
        .at_once(30, |store| async move {
            let mut tx = store.write().await.unwrap();
            let consumed = tx.consume_challenge(kept.id, NOW).await.unwrap();
            tx.commit().await.unwrap();
            consumed
        })
        .await;
    assert_eq!(consumed.into_iter().filter(|consumed| *consumed).count(), 1);
    assert_eq!(db.write().await.count_try(kept.id, 3, NOW).await.unwrap(), None);
}

async fn a_dead_challenge_is_not_consumed(db: Database) {
    let (_, flow) = db.flow("ana").await;
    let old = db.challenge(&flow).await;
    let new = db.challenge(&flow).await;
    let mut tx = db.write().await;
    assert!(!tx.consume_challenge(old.id, NOW).await.unwrap());
    assert!(!tx.consume_challenge(new.id, new.expires_at).await.unwrap());
    assert!(!tx.consume_challenge(id(), NOW).await.unwrap());
    assert!(tx.consume_challenge(new.id, NOW).await.unwrap());
}

async fn every_open_challenge_of_a_user_is_voided(db: Database) {
    let (ana, flow) = db.flow("ana").await;
    let (_, bobs_flow) = db.flow("bob").await;
    let (hers, his) = (db.challenge(&flow).await, db.challenge(&bobs_flow).await);
    let mut tx = db.write().await;
    assert_eq!(tx.void_challenges(ana.id, NOW).await.unwrap(), 1);
    assert_eq!(tx.void_challenges(ana.id, NOW).await.unwrap(), 0);
    assert!(!tx.challenge_is_open(hers.id, NOW).await.unwrap());
    assert!(tx.challenge_is_open(his.id, NOW).await.unwrap());
}

async fn a_challenge_has_one_proof(db: Database) {
    let (_, flow): (_, Flow) = db.flow("ana").await;
    let first = db.challenge(&flow).await;
    let second = db.challenge(&flow).await;
    let later = Proof { verified_at: NOW.plus(MINUTE), ..proof(&flow, &second) };
    let earlier = proof(&flow, &first);
    let mut tx = db.write().await;
    tx.add_proof(&later).await.unwrap();
    tx.add_proof(&earlier).await.unwrap();
    assert_eq!(tx.proofs(flow.id).await.unwrap(), vec![earlier, later]);
    assert!(matches!(tx.add_proof(&proof(&flow, &first)).await, Err(Error::Conflict)));
}

async fn dead_challenges_of_sessions_are_swept(db: Database) {
    let (ana, flow) = db.flow("ana").await;
    let session = session(&ana);
    let old = Challenge { flow_id: None, session_id: Some(session.id), ..challenge(&flow) };
    let mut tx = db.write().await;
    tx.add_session(&session).await.unwrap();
    tx.add_challenge(&old).await.unwrap();
    assert_eq!(tx.sweep_flows(old.expires_at.plus(MINUTE)).await.unwrap(), 1);
    assert_eq!(tx.session_challenge(session.id, "reset").await.unwrap(), None);
}
