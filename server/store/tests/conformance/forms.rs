//! Forms that were answered.

use regain_core::time::Duration;
use regain_store::AnsweredForm;

use crate::database::Database;
use crate::make::{MINUTE, NOW, hash};

const SECOND: Duration = Duration::from_secs(1);

on_both_engines!(
    an_answer_holds_until_it_runs_out,
    what_is_sent_later_takes_the_place_of_what_was_sent_before,
    the_same_form_is_kept_once,
    what_runs_out_is_swept,
);

fn form(holder: &str) -> AnsweredForm {
    AnsweredForm {
        digest: hash(),
        holder: holder.to_owned(),
        led_to: "/reset/method?a=b&c".to_owned(),
        shows: Some("sealed".to_owned()),
        cookie: Some("flow".to_owned()),
        token_hash: hash(),
        made: false,
        answered_at: NOW,
        expires_at: NOW.plus(10 * SECOND),
    }
}

async fn keep(db: &Database, form: &AnsweredForm) {
    let mut tx = db.write().await;
    tx.keep_answered(form).await.unwrap();
    tx.commit().await.unwrap();
}

async fn an_answer_holds_until_it_runs_out(db: Database) {
    let form = form("a");
    keep(&db, &form).await;
    let mut tx = db.store.read().await.unwrap();
    assert_eq!(tx.answered(&form.digest, NOW).await.unwrap(), Some(form.clone()));
    assert_eq!(tx.answered(&form.digest, NOW.plus(9 * SECOND)).await.unwrap(), Some(form.clone()));
    assert_eq!(tx.answered(&form.digest, NOW.plus(10 * SECOND)).await.unwrap(), None);
    assert_eq!(tx.answered(&hash(), NOW).await.unwrap(), None);
}

async fn what_is_sent_later_takes_the_place_of_what_was_sent_before(db: Database) {
    let made = AnsweredForm { made: true, shows: None, cookie: None, ..form("a") };
    let (first, other, later) = (form("a"), form("b"), form("a"));
    let (nobodys, nobodys_too) = (form(""), form(""));
    for form in [&made, &first, &other, &nobodys, &later, &nobodys_too] {
        keep(&db, form).await;
    }
    let mut tx = db.store.read().await.unwrap();
    assert_eq!(tx.answered(&first.digest, NOW).await.unwrap(), None);
    for form in [made, other, later, nobodys, nobodys_too] {
        assert_eq!(tx.answered(&form.digest, NOW).await.unwrap(), Some(form));
    }
}

async fn the_same_form_is_kept_once(db: Database) {
    let first = form("a");
    let again = AnsweredForm {
        answered_at: NOW.plus(MINUTE),
        expires_at: NOW.plus(2 * MINUTE),
        led_to: "/elsewhere".to_owned(),
        ..first.clone()
    };
    keep(&db, &first).await;
    keep(&db, &again).await;
    let mut tx = db.store.read().await.unwrap();
    assert_eq!(tx.answered(&first.digest, NOW).await.unwrap(), Some(again));
}

async fn what_runs_out_is_swept(db: Database) {
    let (over, holds) = (form("a"), AnsweredForm { expires_at: NOW.plus(MINUTE), ..form("b") });
    keep(&db, &over).await;
    keep(&db, &holds).await;
    let mut tx = db.write().await;
    assert_eq!(tx.sweep_answered(NOW.plus(10 * SECOND)).await.unwrap(), 1);
    assert_eq!(tx.answered(&over.digest, NOW).await.unwrap(), None);
    assert_eq!(tx.answered(&holds.digest, NOW).await.unwrap(), Some(holds.clone()));
    tx.void_all(NOW, NOW).await.unwrap();
    assert_eq!(tx.answered(&holds.digest, NOW).await.unwrap(), None, "none comes back with a backup");
}
