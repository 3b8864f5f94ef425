//! Gateways, what was handed to them, and what became known of numbers.

use regain_core::time::Duration;
use regain_store::{CallRow, DeliveryRow, GatewayRow, OutboxMessage, Spent};
use uuid::Uuid;

use crate::database::Database;
use crate::make::{MINUTE, NOW, hash, id, message, user};

on_both_engines!(
    gateways_come_in_their_order_and_can_be_changed,
    a_gateway_that_fails_again_and_again_is_left_alone,
    usage_counts_what_was_not_a_failure,
    a_final_report_stays,
    a_call_ends_once,
    marks_are_of_a_destination_and_go,
    changes_are_remembered_for_a_while,
    extensions_go_with_their_method,
    a_parked_notice_can_be_tried_again_and_a_code_cannot,
);

fn gateway(position: i64) -> GatewayRow {
    GatewayRow {
        id: id(),
        channel: "sms".to_owned(),
        position,
        kind: "twilio".to_owned(),
        name: format!("Gateway {position}"),
        url: "https://sms.example".to_owned(),
        account: "AC1".to_owned(),
        sender: "+14255550100".to_owned(),
        sealed: vec![1, 2, 3],
        cost: 75,
        changed_at: NOW,
        failures: 0,
        broken_until: None,
        last_error: None,
        last_error_at: None,
        last_sent_at: None,
    }
}

fn delivery(number: &str, state: &str) -> DeliveryRow {
    DeliveryRow {
        message_id: id(),
        channel: "sms".to_owned(),
        gateway_id: Some(id()),
        number_key: number.to_owned(),
        prefix: "+1425".to_owned(),
        cost: 75,
        state: state.to_owned(),
        created_at: NOW,
        changed_at: NOW,
    }
}

async fn gateways_come_in_their_order_and_can_be_changed(db: Database) {
    let (second, first) = (gateway(2), gateway(1));
    let mut tx = db.write().await;
    tx.save_gateway(&second).await.unwrap();
    tx.save_gateway(&first).await.unwrap();
    assert_eq!(tx.gateways().await.unwrap(), [first.clone(), second.clone()]);
    let changed = GatewayRow { name: "Other".to_owned(), position: 3, sealed: vec![9], ..first.clone() };
    tx.save_gateway(&changed).await.unwrap();
    assert_eq!(tx.gateways().await.unwrap(), [second.clone(), changed.clone()]);
    assert!(!tx.reseal_gateway(first.id, &[1, 2, 3], &[4]).await.unwrap());
    assert!(tx.reseal_gateway(first.id, &[9], &[4]).await.unwrap());
    assert!(tx.delete_gateway(second.id).await.unwrap());
    assert!(!tx.delete_gateway(second.id).await.unwrap());
    assert_eq!(tx.gateways().await.unwrap(), [GatewayRow { sealed: vec![4], ..changed }]);
}

async fn a_gateway_that_fails_again_and_again_is_left_alone(db: Database) {
    let kept = gateway(1);
    let later = NOW.plus(MINUTE);
    let mut tx = db.write().await;
    tx.save_gateway(&kept).await.unwrap();
    for failures in 1..=3 {
        tx.gateway_failed(kept.id, "no answer", NOW, 3, later).await.unwrap();
        let found = &tx.gateways().await.unwrap()[0];
        assert_eq!((found.failures, found.broken_until.is_some()), (failures, failures == 3));
    }
    tx.gateway_worked(kept.id, later).await.unwrap();
    let found = &tx.gateways().await.unwrap()[0];
    assert_eq!((found.failures, found.broken_until, found.last_sent_at), (0, None, Some(later)));
    assert_eq!(found.last_error.as_deref(), Some("no answer"), "the last error stays to be read");
}

async fn usage_counts_what_was_not_a_failure(db: Database) {
    let mut tx = db.write().await;
    let sent = delivery("ana", "sent");
    for row in [&sent, &delivery("bob", "unknown"), &delivery("ana", "failed"), &delivery("ana", "sending")] {
        tx.begin_delivery(row).await.unwrap();
    }
    let total = |messages, to_number, to_prefix, cost| Spent { messages, to_number, to_prefix, cost };
    let before = NOW.minus(MINUTE);
    assert_eq!(tx.spent(before, "ana", "+1425", Uuid::nil()).await.unwrap(), total(3, 2, 3, 225));
    assert_eq!(tx.spent(before, "ana", "+371", sent.message_id).await.unwrap(), total(2, 1, 0, 150));
    assert_eq!(tx.spent(NOW, "ana", "+1425", Uuid::nil()).await.unwrap(), total(0, 0, 0, 0));
    // A delivery that is begun anew counts once, at its new time.
    tx.begin_delivery(&DeliveryRow { created_at: NOW.plus(MINUTE), ..sent }).await.unwrap();
    assert_eq!(tx.spent(NOW, "ana", "+1425", Uuid::nil()).await.unwrap(), total(1, 1, 1, 75));
    assert_eq!(tx.sweep_deliveries(NOW.plus(MINUTE), NOW).await.unwrap(), 3);
}

async fn a_final_report_stays(db: Database) {
    let kept = delivery("ana", "sending");
    let other = id();
    let mut tx = db.write().await;
    tx.begin_delivery(&kept).await.unwrap();
    assert!(tx.report_delivery(kept.message_id, "sent", Some((other, 10)), NOW).await.unwrap());
    assert!(!tx.report_delivery(kept.message_id, "sent", None, NOW).await.unwrap());
    assert!(tx.report_delivery(kept.message_id, "delivered", None, NOW.plus(MINUTE)).await.unwrap());
    assert!(!tx.report_delivery(kept.message_id, "delivered", None, NOW).await.unwrap());
    assert!(!tx.report_delivery(kept.message_id, "sent", None, NOW).await.unwrap());
    assert!(!tx.report_delivery(id(), "sent", None, NOW).await.unwrap());
    let found = tx.delivery(kept.message_id).await.unwrap().unwrap();
    assert_eq!((found.state.as_str(), found.gateway_id, found.cost), ("delivered", Some(other), 10));
    assert_eq!(found.changed_at, NOW.plus(MINUTE));
}

async fn a_call_ends_once(db: Database) {
    let call = |token: Vec<u8>| CallRow {
        message_id: id(),
        token_hash: token,
        gateway_id: id(),
        challenge_id: id(),
        sealed: Some(vec![1]),
        template: "reset-code-voice".to_owned(),
        locale: "en".to_owned(),
        support_code: "ABCD-EFGH".to_owned(),
        state: "calling".to_owned(),
        expires_at: NOW.plus(MINUTE),
    };
    let (heard, denied) = (call(hash()), call(hash()));
    let mut tx = db.write().await;
    for row in [&heard, &denied] {
        tx.add_call(row).await.unwrap();
    }
    assert_eq!(tx.call(&heard.token_hash).await.unwrap(), Some(heard.clone()));
    assert!(tx.end_call(heard.message_id, "heard").await.unwrap());
    assert!(!tx.end_call(heard.message_id, "denied").await.unwrap());
    assert_eq!(
        tx.call(&heard.token_hash).await.unwrap().unwrap().sealed,
        heard.sealed,
        "it may be read again"
    );
    assert!(tx.end_call(denied.message_id, "denied").await.unwrap());
    assert_eq!(tx.call(&denied.token_hash).await.unwrap().unwrap().sealed, None);
    let again = CallRow { token_hash: hash(), ..heard.clone() };
    tx.add_call(&again).await.unwrap();
    assert_eq!(tx.call(&heard.token_hash).await.unwrap(), None, "a call anew has another address");
    tx.sweep_deliveries(NOW, NOW.plus(MINUTE)).await.unwrap();
    assert_eq!(tx.call(&again.token_hash).await.unwrap(), None);
}

async fn marks_are_of_a_destination_and_go(db: Database) {
    let mut tx = db.write().await;
    tx.mark_destination("a@mail.example", "bounced", NOW).await.unwrap();
    tx.mark_destination("a@mail.example", "bounced", NOW.plus(MINUTE)).await.unwrap();
    tx.mark_destination("+14255550100", "sim_changed", NOW).await.unwrap();
    let pair = |destination: &str, mark: &str| (destination.to_owned(), mark.to_owned());
    let both = ["a@mail.example".to_owned(), "+14255550100".to_owned(), "+14255550101".to_owned()];
    let known = tx.destination_marks(&both).await.unwrap();
    assert_eq!(known, [pair("+14255550100", "sim_changed"), pair("a@mail.example", "bounced")]);
    tx.mark_destination("a@mail.example", "other", NOW).await.unwrap();
    tx.clear_mark("a@mail.example", "bounced").await.unwrap();
    assert_eq!(tx.destination_marks(&both[..1]).await.unwrap(), [pair("a@mail.example", "other")]);
    tx.clear_destination("a@mail.example").await.unwrap();
    assert_eq!(tx.destination_marks(&both[..1]).await.unwrap(), []);
    assert_eq!(tx.destination_marks(&[]).await.unwrap(), []);
}

async fn changes_are_remembered_for_a_while(db: Database) {
    let ana = user("ana");
    let day = Duration::from_hours(24);
    let mut tx = db.write().await;
    tx.add_user(&ana).await.unwrap();
    tx.note_change(ana.id, "+14255550100", NOW).await.unwrap();
    assert_eq!(tx.changes_since(ana.id, NOW.minus(day)).await.unwrap(), [("+14255550100".to_owned(), NOW)]);
    assert!(tx.changes_since(ana.id, NOW).await.unwrap().is_empty());
    tx.note_change(ana.id, "+14255550100", NOW.plus(MINUTE)).await.unwrap();
    assert_eq!(tx.changes_since(ana.id, NOW).await.unwrap().len(), 1);
    tx.sweep_deliveries(NOW.plus(day), NOW).await.unwrap();
    assert!(tx.changes_since(ana.id, NOW.minus(day)).await.unwrap().is_empty());
}

async fn extensions_go_with_their_method(db: Database) {
    let ana = user("ana");
    let method = regain_store::Method {
        id: id(),
        user_id: ana.id,
        method: "office_phone".to_owned(),
        label: String::new(),
        destination: Some("+14255550100".to_owned()),
        sealed: None,
        last_step: None,
        created_at: NOW,
        last_used_at: None,
        codes_left: None,
    };
    let mut tx = db.write().await;
    tx.add_user(&ana).await.unwrap();
    tx.add_method(&method).await.unwrap();
    assert_eq!(tx.extension(method.id).await.unwrap(), None);
    tx.set_extension(method.id, "12").await.unwrap();
    tx.set_extension(method.id, "123").await.unwrap();
    assert_eq!(tx.extension(method.id).await.unwrap().as_deref(), Some("123"));
    tx.delete_method(ana.id, method.id).await.unwrap();
    assert_eq!(tx.extension(method.id).await.unwrap(), None);
}

async fn a_parked_notice_can_be_tried_again_and_a_code_cannot(db: Database) {
    let code = OutboxMessage { purpose: "code".to_owned(), ..message() };
    let notice = OutboxMessage { purpose: "notice".to_owned(), ..message() };
    let mut tx = db.write().await;
    for row in [&code, &notice] {
        tx.enqueue(row).await.unwrap();
        tx.park(row.id, "550", NOW).await.unwrap();
    }
    assert_eq!(tx.parked(10).await.unwrap().len(), 2);
    assert_eq!(tx.parked(1).await.unwrap().len(), 1);
    assert!(!tx.unpark(code.id, NOW).await.unwrap());
    assert!(tx.unpark(notice.id, NOW).await.unwrap());
    assert!(!tx.unpark(notice.id, NOW).await.unwrap());
    let due = tx.claim(NOW, NOW.plus(MINUTE), 10).await.unwrap();
    assert_eq!(due.iter().map(|row| (row.id, row.tries)).collect::<Vec<_>>(), [(notice.id, 1)]);
}
