//! Counters, lockouts, tokens that work once.

use regain_store::{Counter, Trimmed};

use crate::database::Database;
use crate::make::{MINUTE, NOW};

on_both_engines!(
    a_window_counts_and_begins_anew,
    no_count_is_lost_among_many,
    a_count_is_taken_back_not_below_zero,
    no_window_holds_more_than_is_counted,
    a_recent_count_is_taken_back_not_below_zero,
    recent_counts_at_once_are_all_seen,
    a_lock_outlasts_its_window_and_is_never_shortened,
    locks_of_many_keys_are_read_at_once,
    counters_are_cleared_by_key_and_by_prefix,
    old_counters_are_swept_unless_they_lock,
    t137_no_more_than_so_many_of_a_kind_are_kept,
    a_lockout_is_kept_by_account_and_place,
    old_lockouts_are_swept,
    a_token_is_spent_once,
    one_of_many_spends_a_token,
);

async fn a_window_counts_and_begins_anew(db: Database) {
    let mut tx = db.write().await;
    assert_eq!(tx.counter("k", MINUTE, NOW).await.unwrap(), None);
    for count in 1..=3 {
        let counter = Counter { count, started_at: NOW, locked_until: None };
        assert_eq!(
            tx.count("k", MINUTE, NOW.plus(MINUTE / 2 * u32::from(count > 1))).await.unwrap(),
            counter
        );
    }
    assert_eq!(tx.counter("k", MINUTE, NOW).await.unwrap().unwrap().count, 3);
    let over = NOW.plus(MINUTE);
    assert_eq!(tx.counter("k", MINUTE, over).await.unwrap(), None);
    let anew = Counter { count: 1, started_at: over, locked_until: None };
    assert_eq!(tx.count("k", MINUTE, over).await.unwrap(), anew);
}

async fn no_count_is_lost_among_many(db: Database) {
    let mut counts: Vec<_> = db
        .at_once(30, |store| async move {
            let mut tx = store.write().await.unwrap();
            let counter = tx.count("k", MINUTE, NOW).await.unwrap();
            tx.commit().await.unwrap();
            counter.count
        })
        .await;
    counts.sort_unstable();
    assert_eq!(counts, (1..=30).collect::<Vec<_>>());
}

async fn a_count_is_taken_back_not_below_zero(db: Database) {
    let mut tx = db.write().await;
    tx.count("k", MINUTE, NOW).await.unwrap();
    tx.uncount("k").await.unwrap();
    tx.uncount("k").await.unwrap();
    tx.uncount("unknown").await.unwrap();
    assert_eq!(tx.counter("k", MINUTE, NOW).await.unwrap().unwrap().count, 0);
}

async fn no_window_holds_more_than_is_counted(db: Database) {
    let window = 60 * MINUTE;
    let mut tx = db.write().await;
    assert_eq!(tx.recent("k", window, NOW).await.unwrap(), 0);
    // One at the start of an hour, four at its end: a minute later they are all still recent.
    assert_eq!(tx.count_recent("k", window, NOW).await.unwrap(), 1);
    for count in 2..=5 {
        assert_eq!(tx.count_recent("k", window, NOW.plus(59 * MINUTE)).await.unwrap(), count);
    }
    for minutes in [60_u32, 61, 89, 118, 119] {
        let recent = tx.recent("k", window, NOW.plus(minutes * MINUTE)).await.unwrap();
        assert!((4..=5).contains(&recent), "{recent} after {minutes} minutes");
    }
    assert_eq!(tx.recent("k", window, NOW.plus((59 + 90) * MINUTE)).await.unwrap(), 0);
    assert_eq!(tx.recent("other", window, NOW).await.unwrap(), 0);
    assert_eq!(tx.clear_counters("k").await.unwrap(), 2);
    assert_eq!(tx.recent("k", window, NOW.plus(61 * MINUTE)).await.unwrap(), 0);
}

async fn a_recent_count_is_taken_back_not_below_zero(db: Database) {
    let mut tx = db.write().await;
    tx.count_recent("k", MINUTE, NOW).await.unwrap();
    for _ in 0..2 {
        tx.uncount_recent("k", MINUTE, NOW).await.unwrap();
    }
    assert_eq!(tx.recent("k", MINUTE, NOW).await.unwrap(), 0);
    assert_eq!(tx.count_recent("k", MINUTE, NOW).await.unwrap(), 1);
}

async fn recent_counts_at_once_are_all_seen(db: Database) {
    db.at_once(30, |store| async move {
        let mut tx = store.write().await.unwrap();
        tx.count_recent("k", MINUTE, NOW).await.unwrap();
        tx.commit().await.unwrap();
    })
    .await;
    assert_eq!(db.read().await.recent("k", MINUTE, NOW).await.unwrap(), 30);
}

async fn a_lock_outlasts_its_window_and_is_never_shortened(db: Database) {
    let (long, short) = (NOW.plus(60 * MINUTE), NOW.plus(MINUTE));
    let mut tx = db.write().await;
    tx.lock_counter("k", long, NOW).await.unwrap();
    tx.lock_counter("k", short, NOW).await.unwrap();
    let locked = tx.counter("k", MINUTE, NOW.plus(10 * MINUTE)).await.unwrap().unwrap();
    assert_eq!(locked.locked_until, Some(long));
    assert_eq!(tx.count("k", MINUTE, NOW.plus(30 * MINUTE)).await.unwrap().locked_until, Some(long));
    assert_eq!(tx.counter("k", MINUTE, long).await.unwrap(), None);
    assert_eq!(tx.count("k", MINUTE, long).await.unwrap().locked_until, None);
}

async fn locks_of_many_keys_are_read_at_once(db: Database) {
    let (long, over) = (NOW.plus(60 * MINUTE), NOW);
    let mut tx = db.write().await;
    assert_eq!(tx.locks(&[], NOW).await.unwrap(), []);
    tx.lock_counter("locked", long, NOW).await.unwrap();
    tx.lock_counter("over", over, NOW).await.unwrap();
    tx.lock_counter("not asked", long, NOW).await.unwrap();
    tx.count("counted", MINUTE, NOW).await.unwrap();
    let others = (0..2_000).map(|number| number.to_string());
    let keys: Vec<String> = others.chain(["locked", "over", "counted"].map(ToOwned::to_owned)).collect();
    assert_eq!(tx.locks(&keys, NOW).await.unwrap(), [("locked".to_owned(), long)]);
}

async fn counters_are_cleared_by_key_and_by_prefix(db: Database) {
    let mut tx = db.write().await;
    let keys =
        ["account:a:x", "account:a:\u{10fffd}", "account:a", "account:a-b:x", "Account:a:x", "account:b:x"];
    for key in keys {
        tx.count(key, MINUTE, NOW).await.unwrap();
    }
    assert_eq!(tx.clear_counters("account:a:").await.unwrap(), 2);
    tx.clear_counter("account:a").await.unwrap();
    for (key, left) in keys.into_iter().zip([false, false, false, true, true, true]) {
        assert_eq!(tx.counter(key, MINUTE, NOW).await.unwrap().is_some(), left, "{key}");
    }
}

async fn old_counters_are_swept_unless_they_lock(db: Database) {
    let mut tx = db.write().await;
    tx.count("old", MINUTE, NOW.minus(MINUTE)).await.unwrap();
    tx.count("new", MINUTE, NOW).await.unwrap();
    tx.count("locked", MINUTE, NOW.minus(MINUTE)).await.unwrap();
    tx.lock_counter("locked", NOW.plus(MINUTE), NOW).await.unwrap();
    assert_eq!(tx.sweep_counters(NOW, NOW).await.unwrap(), 1);
    assert_eq!(tx.sweep_counters(NOW, NOW.plus(MINUTE)).await.unwrap(), 1);
    assert!(tx.counter("new", MINUTE, NOW).await.unwrap().is_some());
}

async fn a_lockout_is_kept_by_account_and_place(db: Database) {
    let mut tx = db.write().await;
    assert_eq!(tx.lockout("ana", "known").await.unwrap(), None);
    tx.set_lockout("ana", "known", "{1}", NOW).await.unwrap();
    tx.set_lockout("ana", "known", "{2}", NOW).await.unwrap();
    tx.set_lockout("ana", "unknown", "{3}", NOW).await.unwrap();
    tx.set_lockout("bob", "known", "{4}", NOW).await.unwrap();
    assert_eq!(tx.lockout("ana", "known").await.unwrap().as_deref(), Some("{2}"));
    assert_eq!(tx.clear_lockout("ana").await.unwrap(), 2);
    assert_eq!(tx.lockout("ana", "unknown").await.unwrap(), None);
    assert_eq!(tx.lockout("bob", "known").await.unwrap().as_deref(), Some("{4}"));
}

async fn a_token_is_spent_once(db: Database) {
    let mut tx = db.write().await;
    assert!(tx.spend_token("t", NOW).await.unwrap());
    assert!(!tx.spend_token("t", NOW.plus(MINUTE)).await.unwrap());
    assert!(tx.spend_token("u", NOW.plus(MINUTE)).await.unwrap());
    assert_eq!(tx.sweep_tokens(NOW).await.unwrap(), 1);
    assert!(!tx.spend_token("u", NOW.plus(MINUTE)).await.unwrap());
}

async fn one_of_many_spends_a_token(db: Database) {
    let spent = db
        .at_once(30, |store| async move {
            let mut tx = store.write().await.unwrap();
            let spent = tx.spend_token("t", NOW).await.unwrap();
            tx.commit().await.unwrap();
            spent
        })
        .await;
    assert_eq!(spent.into_iter().filter(|spent| *spent).count(), 1);
}

async fn old_lockouts_are_swept(db: Database) {
    let mut tx = db.write().await;
    tx.set_lockout("old", "unfamiliar", "{}", NOW).await.unwrap();
    tx.set_lockout("new", "unfamiliar", "{}", NOW.plus(MINUTE)).await.unwrap();
    assert_eq!(tx.sweep_lockouts(NOW.plus(MINUTE)).await.unwrap(), 1);
    assert_eq!(tx.lockout("old", "unfamiliar").await.unwrap(), None);
    assert!(tx.lockout("new", "unfamiliar").await.unwrap().is_some());
}

async fn t137_no_more_than_so_many_of_a_kind_are_kept(db: Database) {
    let mut tx = db.write().await;
    for number in 0..300_u32 {
        let at = NOW.plus(std::time::Duration::from_secs(number.into()));
        tx.count(&format!("account:~{number}:failed"), MINUTE, at).await.unwrap();
        tx.set_lockout(&format!("~{number}"), "unfamiliar", "{}", at).await.unwrap();
    }
    // Names beside the prefix, in whatever order people sort: spaces, signs, letters before and after it.
    for name in ["ana", " ", "!", "-~", "}", "\u{7f}", "Ã", "ñ", "\u{ff5e}"] {
        tx.set_lockout(name, "unfamiliar", "{}", NOW).await.unwrap();
    }
    tx.count("account:ana:failed", MINUTE, NOW).await.unwrap();
    assert_eq!(tx.trim(Trimmed::Counters, "account:~", 100).await.unwrap(), 200);
    assert_eq!(tx.trim(Trimmed::Lockouts, "~", 100).await.unwrap(), 200);
    assert_eq!(tx.trim(Trimmed::Counters, "account:~", 100).await.unwrap(), 0);
    // The oldest went, and nobody's who exists.
    assert!(tx.counter("account:~199:failed", MINUTE, NOW).await.unwrap().is_none());
    assert!(tx.counter("account:~200:failed", MINUTE, NOW).await.unwrap().is_some());
    assert!(tx.counter("account:ana:failed", MINUTE, NOW).await.unwrap().is_some());
    assert!(tx.lockout("~199", "unfamiliar").await.unwrap().is_none());
    assert!(tx.lockout("~200", "unfamiliar").await.unwrap().is_some());
    assert!(tx.lockout("ana", "unfamiliar").await.unwrap().is_some());
    assert_eq!(tx.trim(Trimmed::Lockouts, "~", 0).await.unwrap(), 100);
    assert!(tx.lockout("\u{ff5e}", "unfamiliar").await.unwrap().is_some());
    assert!(tx.lockout(" ", "unfamiliar").await.unwrap().is_some());
}
