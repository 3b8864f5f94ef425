//! Browsers in which people signed in.

use crate::database::Database;
use crate::make::{MINUTE, NOW, hash, session};

on_both_engines!(
    a_browser_is_known_for_who_signed_in_in_it,
    a_shown_factor_marks_the_browser_of_its_session_once,
    what_became_known_since_is_forgotten_and_what_is_old_swept,
);

async fn a_browser_is_known_for_who_signed_in_in_it(db: Database) {
    let (ana, bob, here) = (db.user("ana").await, db.user("bob").await, hash());
    let mut tx = db.write().await;
    tx.remember_browser(ana.id, &here, false, NOW).await.unwrap();
    tx.remember_browser(ana.id, &here, true, NOW.plus(MINUTE)).await.unwrap();
    tx.remember_browser(ana.id, &here, true, NOW.plus(2 * MINUTE)).await.unwrap();
    let known = tx.known_browser(ana.id, &here).await.unwrap().unwrap();
    assert_eq!((known.first_at, known.seen_at), (NOW, NOW.plus(2 * MINUTE)));
    assert_eq!(known.proved_at, Some(NOW.plus(MINUTE)), "the first time");
    assert_eq!(tx.known_browser(bob.id, &here).await.unwrap(), None);
    assert_eq!(tx.known_browser(ana.id, &hash()).await.unwrap(), None);
}

async fn a_shown_factor_marks_the_browser_of_its_session_once(db: Database) {
    let ana = db.user("ana").await;
    let (here, there) = (session(&ana), session(&ana));
    let browser = |session: &regain_store::Session| session.browser.clone().unwrap();
    let mut tx = db.write().await;
    for session in [&here, &there] {
        tx.add_session(session).await.unwrap();
        tx.remember_browser(ana.id, &browser(session), false, NOW).await.unwrap();
    }
    for minutes in [1, 2] {
        let at = NOW.plus(minutes * MINUTE);
        assert!(tx.prove_session(here.id, &hash(), "app_code", at).await.unwrap());
    }
    let proved = |known: Option<regain_store::KnownBrowser>| known.unwrap().proved_at;
    assert_eq!(proved(tx.known_browser(ana.id, &browser(&here)).await.unwrap()), Some(NOW.plus(MINUTE)));
    assert_eq!(proved(tx.known_browser(ana.id, &browser(&there)).await.unwrap()), None);
}

async fn what_became_known_since_is_forgotten_and_what_is_old_swept(db: Database) {
    let (ana, old, new) = (db.user("ana").await, hash(), hash());
    let mut tx = db.write().await;
    tx.remember_browser(ana.id, &old, true, NOW).await.unwrap();
    tx.remember_browser(ana.id, &new, true, NOW.plus(MINUTE)).await.unwrap();
    assert_eq!(tx.forget_browsers(ana.id, NOW.plus(MINUTE)).await.unwrap(), 1);
    assert!(tx.known_browser(ana.id, &old).await.unwrap().is_some());
    assert_eq!(tx.sweep_browsers(NOW).await.unwrap(), 0);
    assert_eq!(tx.sweep_browsers(NOW.plus(MINUTE)).await.unwrap(), 1);
}
