//! Forms that were answered.

use regain_core::time::Duration;
use regain_store::{AnsweredForm, Error, Store, Trouble};

use crate::database::Database;
use crate::make::{MINUTE, NOW, hash};

const SECOND: Duration = Duration::from_secs(1);

on_both_engines!(
    an_answer_holds_until_it_runs_out,
    what_is_sent_later_takes_the_place_of_what_was_sent_before,
    the_same_form_is_kept_once,
    of_two_servers_one_makes_it,
    what_runs_out_is_swept,
);

fn form(holder: &str) -> AnsweredForm {
    AnsweredForm {
        digest: hash(),
        holder: holder.to_owned(),
        led_to: "/reset/method?a=b&c".to_owned(),
        shows: Some("sealed".to_owned()),
        cookies: "flow browser".to_owned(),
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
    let made = AnsweredForm { made: true, shows: None, cookies: String::new(), ..form("a") };
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

async fn of_two_servers_one_makes_it(db: Database) {
    let other = Store::open(&db.url).await.unwrap();
    let claim =
        AnsweredForm { led_to: String::new(), made: true, expires_at: NOW.plus(60 * MINUTE), ..form("a") };
    let claimed = async |store: &Store, form: &AnsweredForm| {
        let mut tx = store.write().await?;
        tx.keep_answered(form).await?;
        Ok::<_, Error>(tx)
    };
    let mut first = claimed(&db.store, &claim).await.unwrap();
    let second = tokio::spawn({
        let (other, claim) = (other.clone(), claim.clone());
        async move { other.write().await?.keep_answered(&claim).await }
    });
    let made = AnsweredForm { led_to: "/admin/groups/1?created".to_owned(), ..claim.clone() };
    first.keep_answered(&made).await.unwrap();
    first.commit().await.unwrap();
    assert!(matches!(second.await.unwrap(), Err(Error::Unavailable(Trouble::Answered))));
    let late = AnsweredForm { answered_at: NOW.plus(MINUTE), ..claim.clone() };
    let late = claimed(&other, &late).await.map(|_| ());
    assert!(matches!(late, Err(Error::Unavailable(Trouble::Answered))), "a minute later, too");
    assert_eq!(db.read().await.answered(&claim.digest, NOW).await.unwrap(), Some(made));
    // Whoever makes nothing leaves it to the other.
    let refused = AnsweredForm { digest: hash(), ..claim };
    drop(claimed(&db.store, &refused).await.unwrap());
    claimed(&other, &refused).await.unwrap().commit().await.unwrap();
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
