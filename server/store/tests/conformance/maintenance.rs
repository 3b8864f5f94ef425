//! Sealing anew, and making a restored copy safe.

use regain_core::time::Timestamp;
use regain_store::{Method, OutboxMessage, User, Voided};
use uuid::Uuid;

use crate::database::Database;
use crate::make::{MINUTE, NOW, help_call, id, message, pass, session};

on_both_engines!(
    sealed_methods_come_by_id_in_pages,
    a_seed_is_sealed_anew_only_from_what_it_was,
    nothing_of_a_restored_copy_comes_back_to_life,
    time_steps_are_raised_and_never_lowered,
);

fn app(user: &User) -> Method {
    Method {
        id: id(),
        user_id: user.id,
        method: "app_code".to_owned(),
        label: String::new(),
        destination: None,
        sealed: Some(vec![1, 2]),
        last_step: None,
        created_at: NOW,
        last_used_at: None,
        codes_left: None,
    }
}

async fn sealed_methods_come_by_id_in_pages(db: Database) {
    let ana = db.user("ana").await;
    let (first, second) = (app(&ana), app(&ana));
    let mail = Method { method: "email".to_owned(), sealed: None, ..app(&ana) };
    let mut tx = db.write().await;
    for method in [&second, &mail, &first] {
        tx.add_method(method).await.unwrap();
    }
    assert_eq!(tx.sealed_methods(Uuid::nil(), 1).await.unwrap(), vec![first.clone()]);
    assert_eq!(tx.sealed_methods(first.id, 10).await.unwrap(), vec![second]);
}

async fn a_seed_is_sealed_anew_only_from_what_it_was(db: Database) {
    let ana = db.user("ana").await;
    let app = app(&ana);
    let mut tx = db.write().await;
    tx.add_method(&app).await.unwrap();
    assert!(!tx.reseal_method(app.id, &[9], &[3]).await.unwrap());
    assert!(tx.reseal_method(app.id, &[1, 2], &[3]).await.unwrap());
    assert_eq!(tx.methods(ana.id).await.unwrap()[0].sealed, Some(vec![3]));
}

async fn nothing_of_a_restored_copy_comes_back_to_life(db: Database) {
    let (ana, flow) = db.flow("ana").await;
    let challenge = db.challenge(&flow).await;
    let notice = || OutboxMessage { purpose: "notice".to_owned(), ..message() };
    let old = OutboxMessage { created_at: NOW.minus(MINUTE), ..notice() };
    let mut tx = db.write().await;
    tx.add_session(&session(&ana)).await.unwrap();
    tx.put_pass(&pass(&ana)).await.unwrap();
    let call = help_call(&ana, &ana);
    tx.add_help_call(&call).await.unwrap();
    for message in [message(), notice(), old] {
        tx.enqueue(&message).await.unwrap();
    }
    let voided = tx.void_all(NOW, NOW).await.unwrap();
    assert_eq!(voided, Voided { sessions: 1, flows: 1, challenges: 1, messages: 2 });
    assert!(tx.sessions_of(ana.id).await.unwrap().is_empty());
    // Used up or deleted after the copy was made, for all that anybody knows.
    assert_eq!(tx.pass(ana.id).await.unwrap(), None);
    assert_eq!(tx.open_help_call(ana.id, ana.id, NOW).await.unwrap(), None);
    assert!(!tx.challenge_is_open(challenge.id, NOW).await.unwrap());
    assert!(!tx.update_flow(&flow).await.unwrap());
    assert_eq!(tx.outbox_counts().await.unwrap(), (1, 2));
    assert_eq!(tx.void_all(NOW, NOW).await.unwrap(), Voided::default());
}

async fn time_steps_are_raised_and_never_lowered(db: Database) {
    let ana = db.user("ana").await;
    let (fresh, ahead) = (app(&ana), Method { last_step: Some(200), ..app(&ana) });
    let mail = Method { method: "email".to_owned(), sealed: None, ..app(&ana) };
    let mut tx = db.write().await;
    for method in [&fresh, &ahead, &mail] {
        tx.add_method(method).await.unwrap();
    }
    assert_eq!(tx.raise_steps(Timestamp::from_seconds(3_000)).await.unwrap(), 1);
    let steps: Vec<_> = tx.methods(ana.id).await.unwrap().iter().map(|method| method.last_step).collect();
    assert_eq!(steps, [Some(100), Some(200), None]);
}
