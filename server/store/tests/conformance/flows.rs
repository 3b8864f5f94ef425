//! Reset flows.

use regain_store::Flow;

use crate::database::Database;
use crate::make::{MINUTE, NOW, flow, hash, id};

on_both_engines!(
    a_flow_comes_back_as_it_was_kept,
    the_newest_flow_of_a_support_code_is_found,
    an_open_flow_changes_and_a_closed_one_does_not,
    one_of_many_closes_a_flow,
    the_other_flows_of_a_user_are_closed,
    flows_that_ran_out_are_found_oldest_first,
    old_flows_are_swept,
);

async fn keep(db: &Database, flow: &Flow) {
    let mut tx = db.write().await;
    tx.add_flow(flow).await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_flow_comes_back_as_it_was_kept(db: Database) {
    let decoy = flow(None);
    keep(&db, &decoy).await;
    let (_, known) = db.flow("ana").await;
    let mut tx = db.read().await;
    assert_eq!(tx.flow(&decoy.token_hash).await.unwrap(), Some(decoy));
    assert_eq!(tx.flow(&known.token_hash).await.unwrap(), Some(known));
    assert_eq!(tx.flow(&hash()).await.unwrap(), None);
}

async fn the_newest_flow_of_a_support_code_is_found(db: Database) {
    let old = flow(None);
    let new = Flow { created_at: NOW.plus(MINUTE), ..flow(None) };
    keep(&db, &new).await;
    keep(&db, &old).await;
    let mut tx = db.read().await;
    assert_eq!(tx.flow_by_support_code("WXYZ-1234").await.unwrap(), Some(new));
    assert_eq!(tx.flow_by_support_code("0000-0000").await.unwrap(), None);
}

async fn an_open_flow_changes_and_a_closed_one_does_not(db: Database) {
    let (_, kept) = db.flow("ana").await;
    let changed = Flow {
        intent: Some("unlock".to_owned()),
        method: Some("email".to_owned()),
        body: r#"{"a":1}"#.to_owned(),
        ..kept.clone()
    };
    let new = hash();
    let mut tx = db.write().await;
    assert!(tx.update_flow(&changed).await.unwrap());
    assert_eq!(tx.flow(&kept.token_hash).await.unwrap().as_ref(), Some(&changed));
    assert!(tx.rotate_flow(kept.id, &new).await.unwrap());
    assert_eq!(tx.flow(&kept.token_hash).await.unwrap(), None);
    assert!(tx.close_flow(kept.id, "done", NOW).await.unwrap());
    assert!(!tx.update_flow(&changed).await.unwrap());
    assert!(!tx.rotate_flow(kept.id, &hash()).await.unwrap());
    let closed = tx.flow(&new).await.unwrap().unwrap();
    assert_eq!((closed.closed_at, closed.outcome.as_deref()), (Some(NOW), Some("done")));
}

async fn one_of_many_closes_a_flow(db: Database) {
    let (_, kept) = db.flow("ana").await;
    let closed = db
        .at_once(30, |store| async move {
            let mut tx = store.write().await.unwrap();
            let closed = tx.close_flow(kept.id, "done", NOW).await.unwrap();
            tx.commit().await.unwrap();
            closed
        })
        .await;
    assert_eq!(closed.into_iter().filter(|closed| *closed).count(), 1);
}

async fn the_other_flows_of_a_user_are_closed(db: Database) {
    let (ana, first) = db.flow("ana").await;
    let (_, other) = db.flow("bob").await;
    let second = flow(Some(&ana));
    keep(&db, &second).await;
    let mut tx = db.write().await;
    assert_eq!(tx.close_flows(ana.id, Some(second.id), "closed", NOW).await.unwrap(), 1);
    assert_eq!(tx.flow(&first.token_hash).await.unwrap().unwrap().outcome.as_deref(), Some("closed"));
    assert_eq!(tx.close_flows(ana.id, None, "closed", NOW).await.unwrap(), 1);
    assert_eq!(tx.flow(&other.token_hash).await.unwrap().unwrap().closed_at, None);
}

async fn flows_that_ran_out_are_found_oldest_first(db: Database) {
    let early = Flow { expires_at: NOW.minus(MINUTE), ..flow(None) };
    let late = Flow { expires_at: NOW, ..flow(None) };
    let closed = Flow { expires_at: NOW, closed_at: Some(NOW), ..flow(None) };
    for flow in [&late, &early, &closed, &flow(None)] {
        keep(&db, flow).await;
    }
    let mut tx = db.read().await;
    assert_eq!(tx.abandoned_flows(NOW, 10).await.unwrap(), vec![early.clone(), late]);
    assert_eq!(tx.abandoned_flows(NOW, 1).await.unwrap(), vec![early]);
}

async fn old_flows_are_swept(db: Database) {
    let (_, old) = db.flow("ana").await;
    let challenge = db.challenge(&old).await;
    let open = flow(None);
    keep(&db, &open).await;
    let mut tx = db.write().await;
    tx.close_flow(old.id, "done", NOW).await.unwrap();
    assert_eq!(tx.sweep_flows(old.expires_at).await.unwrap(), 0);
    assert_eq!(tx.sweep_flows(old.expires_at.plus(MINUTE)).await.unwrap(), 1);
    assert_eq!(tx.flow(&old.token_hash).await.unwrap(), None);
    assert!(!tx.challenge_is_open(challenge.id, NOW).await.unwrap());
    assert!(tx.flow(&open.token_hash).await.unwrap().is_some());
    assert!(!tx.close_flow(id(), "done", NOW).await.unwrap());
}
