//! The outbox: one worker at a time, and no code kept longer than it is needed.

use std::collections::HashSet;

use regain_store::{DemoMessage, OutboxMessage};

use crate::database::Database;
use crate::make::{MINUTE, NOW, id, message};

on_both_engines!(
    a_claimed_message_is_nobody_elses_until_the_lease_ends,
    workers_at_once_never_share_a_message,
    due_messages_come_oldest_first,
    a_sent_message_keeps_no_code,
    a_message_is_tried_again_when_it_is_due,
    a_parked_message_keeps_no_code_and_is_left_alone,
    a_parked_notice_keeps_its_link_until_it_has_left,
    delivered_messages_are_swept,
    demo_messages_come_newest_first,
);

async fn keep(db: &Database, message: &OutboxMessage) {
    let mut tx = db.write().await;
    tx.enqueue(message).await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_claimed_message_is_nobody_elses_until_the_lease_ends(db: Database) {
    let kept = message();
    keep(&db, &kept).await;
    let until = NOW.plus(MINUTE);
    let mut tx = db.write().await;
    assert!(!tx.outbox_is_due(NOW.minus(MINUTE)).await.unwrap());
    assert!(tx.outbox_is_due(NOW).await.unwrap());
    let claimed = tx.claim(NOW, until, 10).await.unwrap();
    assert_eq!(claimed, vec![OutboxMessage { tries: 1, claimed_until: Some(until), ..kept }]);
    assert!(!tx.outbox_is_due(NOW).await.unwrap());
    assert!(tx.claim(NOW, until, 10).await.unwrap().is_empty());
    assert!(tx.outbox_is_due(until).await.unwrap());
    assert_eq!(tx.claim(until, until.plus(MINUTE), 10).await.unwrap()[0].tries, 2);
}

async fn workers_at_once_never_share_a_message(db: Database) {
    for _ in 0..20 {
        keep(&db, &message()).await;
    }
    let mut claimed = Vec::new();
    while claimed.len() < 20 {
        let round = db
            .at_once(4, |store| async move {
                let mut tx = store.write().await.unwrap();
                let claimed = tx.claim(NOW, NOW.plus(MINUTE), 3).await.unwrap();
                tx.commit().await.unwrap();
                claimed.into_iter().map(|message| message.id).collect::<Vec<_>>()
            })
            .await;
        let before = claimed.len();
        claimed.extend(round.into_iter().flatten());
        assert!(claimed.len() > before, "a round must claim something");
    }
    assert_eq!(claimed.iter().collect::<HashSet<_>>().len(), 20);
}

async fn due_messages_come_oldest_first(db: Database) {
    let (late, early) = (message(), OutboxMessage { due_at: NOW.minus(MINUTE), ..message() });
    keep(&db, &late).await;
    keep(&db, &early).await;
    keep(&db, &OutboxMessage { due_at: NOW.plus(MINUTE), ..message() }).await;
    let mut tx = db.write().await;
    assert_eq!(tx.claim(NOW, NOW.plus(MINUTE), 1).await.unwrap()[0].id, early.id);
    let rest = tx.claim(NOW, NOW.plus(MINUTE), 10).await.unwrap();
    assert_eq!(rest.iter().map(|message| message.id).collect::<Vec<_>>(), [late.id]);
}

async fn a_sent_message_keeps_no_code(db: Database) {
    let kept = message();
    keep(&db, &kept).await;
    let mut tx = db.write().await;
    tx.claim(NOW, NOW.plus(MINUTE), 1).await.unwrap();
    tx.mark_sent(kept.id, NOW).await.unwrap();
    assert_eq!(tx.outbox_counts().await.unwrap(), (0, 0));
    // It is over for every worker, at any later time.
    assert!(tx.claim(NOW.plus(60 * MINUTE), NOW.plus(61 * MINUTE), 1).await.unwrap().is_empty());
}

async fn a_message_is_tried_again_when_it_is_due(db: Database) {
    let kept = message();
    keep(&db, &kept).await;
    let mut tx = db.write().await;
    tx.claim(NOW, NOW.plus(MINUTE), 1).await.unwrap();
    tx.retry_at(kept.id, NOW.plus(2 * MINUTE), "421 busy").await.unwrap();
    assert!(!tx.outbox_is_due(NOW.plus(MINUTE)).await.unwrap());
    let again = tx.claim(NOW.plus(2 * MINUTE), NOW.plus(3 * MINUTE), 1).await.unwrap();
    assert_eq!((again[0].tries, again[0].error.as_deref()), (2, Some("421 busy")));
    assert_eq!(again[0].sealed, kept.sealed);
    tx.forget_error(kept.id).await.unwrap();
    let once_more = tx.claim(NOW.plus(3 * MINUTE), NOW.plus(4 * MINUTE), 1).await.unwrap();
    assert_eq!(once_more[0].error, None);
}

async fn a_parked_message_keeps_no_code_and_is_left_alone(db: Database) {
    let (kept, waiting) = (message(), OutboxMessage { due_at: NOW.plus(MINUTE), ..message() });
    keep(&db, &kept).await;
    keep(&db, &waiting).await;
    let mut tx = db.write().await;
    tx.park(kept.id, "550 no such user", NOW).await.unwrap();
    assert_eq!(tx.outbox_counts().await.unwrap(), (1, 1));
    assert!(tx.claim(NOW, NOW.plus(MINUTE), 10).await.unwrap().is_empty());
}

async fn a_parked_notice_keeps_its_link_until_it_has_left(db: Database) {
    let notice = OutboxMessage { purpose: "notice".to_owned(), ..message() };
    keep(&db, &notice).await;
    keep(&db, &message()).await;
    let mut tx = db.write().await;
    for row in tx.claim(NOW, NOW.plus(MINUTE), 10).await.unwrap() {
        tx.park(row.id, "550 busy", NOW).await.unwrap();
    }
    for row in tx.parked(10).await.unwrap() {
        assert_eq!(row.sealed, notice.sealed.clone().filter(|_| row.id == notice.id), "{}", row.purpose);
    }
    assert!(tx.unpark(notice.id, NOW).await.unwrap());
    assert_eq!(tx.claim(NOW, NOW.plus(MINUTE), 10).await.unwrap()[0].sealed, notice.sealed);
    tx.mark_sent(notice.id, NOW).await.unwrap();
    tx.park(notice.id, "shows it", NOW).await.unwrap();
    let parked = tx.parked(10).await.unwrap();
    assert_eq!(parked.iter().find(|row| row.id == notice.id).unwrap().sealed, None);
}

async fn delivered_messages_are_swept(db: Database) {
    let (sent, parked, waiting) = (message(), message(), message());
    for message in [&sent, &parked, &waiting] {
        keep(&db, message).await;
    }
    let mut tx = db.write().await;
    tx.mark_sent(sent.id, NOW).await.unwrap();
    tx.park(parked.id, "no", NOW).await.unwrap();
    assert_eq!(tx.sweep_outbox(NOW).await.unwrap(), 0);
    assert_eq!(tx.sweep_outbox(NOW.plus(MINUTE)).await.unwrap(), 2);
    assert_eq!(tx.outbox_counts().await.unwrap(), (1, 0));
}

async fn demo_messages_come_newest_first(db: Database) {
    let at = |sent_at| DemoMessage {
        id: id(),
        channel: "email".to_owned(),
        recipients: r#"["a@mail.example"]"#.to_owned(),
        subject: "Hello".to_owned(),
        text: "Text".to_owned(),
        html: "<p>Text</p>".to_owned(),
        sent_at,
    };
    let (old, new) = (at(NOW), at(NOW.plus(MINUTE)));
    let mut tx = db.write().await;
    tx.add_demo_message(&new).await.unwrap();
    tx.add_demo_message(&old).await.unwrap();
    assert_eq!(tx.demo_messages(10).await.unwrap(), vec![new.clone(), old]);
    assert_eq!(tx.demo_messages(1).await.unwrap(), vec![new]);
}
