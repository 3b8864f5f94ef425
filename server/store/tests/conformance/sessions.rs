//! Sessions: found by their token's hash, while they last.

use regain_store::{Method, Session, Tx, User};
use uuid::Uuid;

use crate::database::Database;
use crate::make::{MINUTE, NOW, hash, id, session};

on_both_engines!(
    a_session_lasts_until_it_ends_or_idles,
    a_blocked_person_has_no_session,
    a_second_factor_replaces_the_token,
    a_token_is_replaced_without_proving_anything,
    what_a_removed_method_showed_is_forgotten,
    what_a_number_showed_is_forgotten_of_everybody,
    sessions_end_one_by_one_or_all_but_one,
    what_is_over_is_swept,
);

async fn keep(db: &Database, session: &Session) {
    let mut tx = db.write().await;
    tx.add_session(session).await.unwrap();
    tx.commit().await.unwrap();
}

async fn a_session_lasts_until_it_ends_or_idles(db: Database) {
    let ana = db.user("ana").await;
    let kept = session(&ana);
    keep(&db, &kept).await;
    let mut tx = db.write().await;
    let early = NOW.minus(MINUTE);
    assert_eq!(tx.session(&kept.token_hash, NOW, early).await.unwrap().as_ref(), Some(&kept));
    assert_eq!(tx.session(&hash(), NOW, early).await.unwrap(), None);
    assert_eq!(tx.session(&kept.token_hash, kept.expires_at, early).await.unwrap(), None);
    assert_eq!(tx.session(&kept.token_hash, NOW, NOW).await.unwrap(), None);
    tx.touch_session(kept.id, NOW.plus(MINUTE)).await.unwrap();
    let seen = tx.session(&kept.token_hash, NOW, NOW).await.unwrap().unwrap();
    assert_eq!(seen.seen_at, NOW.plus(MINUTE));
}

async fn a_blocked_person_has_no_session(db: Database) {
    let ana = db.user("ana").await;
    let kept = session(&ana);
    keep(&db, &kept).await;
    let mut tx = db.write().await;
    tx.update_user(&User { blocked: true, ..ana }).await.unwrap();
    assert_eq!(tx.session(&kept.token_hash, NOW, NOW.minus(MINUTE)).await.unwrap(), None);
}

async fn a_second_factor_replaces_the_token(db: Database) {
    let ana = db.user("ana").await;
    let kept = session(&ana);
    keep(&db, &kept).await;
    let (new, early) = (hash(), NOW.minus(MINUTE));
    let mut tx = db.write().await;
    assert!(tx.prove_session(kept.id, &new, "app_code", NOW).await.unwrap());
    assert!(!tx.prove_session(id(), &hash(), "app_code", NOW).await.unwrap());
    assert_eq!(tx.session(&kept.token_hash, NOW, early).await.unwrap(), None);
    let proved = tx.session(&new, NOW, early).await.unwrap().unwrap();
    assert_eq!((proved.proved_at, proved.proved_by.as_deref()), (Some(NOW), Some("app_code")));
}

async fn add_method(tx: &mut dyn Tx, user: &User, method: &str, destination: Option<&str>) -> Uuid {
    let row = Method {
        id: id(),
        user_id: user.id,
        method: method.to_owned(),
        label: String::new(),
        destination: destination.map(ToOwned::to_owned),
        sealed: None,
        last_step: None,
        created_at: NOW,
        last_used_at: None,
        codes_left: None,
    };
    tx.add_method(&row).await.unwrap();
    row.id
}

/// A session of a person, in which this method was shown, and agreed to changes.
async fn shown(db: &Database, user: &User, by: &str) -> Uuid {
    let kept = session(user);
    keep(db, &kept).await;
    let mut tx = db.write().await;
    assert!(tx.prove_session(kept.id, &hash(), by, NOW).await.unwrap());
    assert!(tx.agree_session(kept.id, &hash(), by, NOW).await.unwrap());
    tx.commit().await.unwrap();
    kept.id
}

async fn stands(tx: &mut dyn Tx, session: Uuid) -> bool {
    let row = tx.session_by_id(session).await.unwrap().unwrap();
    let all =
        [row.proved_at.is_some(), row.proved_by.is_some(), row.agreed_at.is_some(), row.agreed_by.is_some()];
    assert!(all.iter().all(|one| *one == all[0]), "{row:?}");
    all[0]
}

async fn what_a_removed_method_showed_is_forgotten(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let mut tx = db.write().await;
    let phone = add_method(&mut *tx, &ana, "mobile_phone", Some("+14255550100")).await;
    tx.commit().await.unwrap();
    let (one, other, by_app) = (
        shown(&db, &ana, "mobile_phone").await,
        shown(&db, &ana, "mobile_phone").await,
        shown(&db, &ana, "app_code").await,
    );
    let of_bob = shown(&db, &bob, "mobile_phone").await;
    let mut tx = db.write().await;
    assert!(!tx.delete_method(bob.id, phone).await.unwrap(), "it is not his");
    assert!(stands(&mut *tx, one).await && stands(&mut *tx, of_bob).await);
    assert!(tx.delete_method(ana.id, phone).await.unwrap());
    for (session, expected) in [(one, false), (other, false), (by_app, true), (of_bob, true)] {
        assert_eq!(stands(&mut *tx, session).await, expected);
    }
}

/// Two people share a number; a third one has another.
async fn what_a_number_showed_is_forgotten_of_everybody(db: Database) {
    let mut sessions = Vec::new();
    for (name, number) in [("ana", "+14255550100"), ("bob", "+14255550100"), ("cy", "+14255550101")] {
        let user = db.user(name).await;
        let mut tx = db.write().await;
        add_method(&mut *tx, &user, "mobile_phone", Some(number)).await;
        add_method(&mut *tx, &user, "app_code", None).await;
        tx.commit().await.unwrap();
        for by in ["mobile_phone", "app_code"] {
            sessions.push((shown(&db, &user, by).await, by == "app_code" || number.ends_with('1')));
        }
    }
    let mut tx = db.write().await;
    assert_eq!(tx.unprove_sessions("+14255550100").await.unwrap(), 4);
    for (session, expected) in sessions {
        assert_eq!(stands(&mut *tx, session).await, expected);
    }
}

async fn sessions_end_one_by_one_or_all_but_one(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let first = session(&ana);
    let second = Session { created_at: NOW.plus(MINUTE), ..session(&ana) };
    let third = Session { created_at: NOW.plus(2 * MINUTE), ..session(&ana) };
    let bobs = session(&bob);
    for session in [&first, &second, &third, &bobs] {
        keep(&db, session).await;
    }
    let mut tx = db.write().await;
    let ids = |sessions: Vec<Session>| sessions.into_iter().map(|session| session.id).collect::<Vec<_>>();
    assert_eq!(ids(tx.sessions_of(ana.id).await.unwrap()), [third.id, second.id, first.id]);
    tx.end_session(first.id).await.unwrap();
    assert_eq!(tx.end_sessions(ana.id, Some(third.id)).await.unwrap(), 1);
    assert_eq!(ids(tx.sessions_of(ana.id).await.unwrap()), [third.id]);
    assert_eq!(tx.end_sessions(ana.id, None).await.unwrap(), 1);
    assert_eq!(ids(tx.sessions_of(bob.id).await.unwrap()), [bobs.id]);
}

async fn what_is_over_is_swept(db: Database) {
    let ana = db.user("ana").await;
    let (lasting, ended) = (session(&ana), Session { expires_at: NOW, ..session(&ana) });
    let idle = Session { seen_at: NOW.minus(60 * MINUTE), ..session(&ana) };
    for session in [&lasting, &ended, &idle] {
        keep(&db, session).await;
    }
    let mut tx = db.write().await;
    assert_eq!(tx.sweep_sessions(NOW, NOW.minus(MINUTE)).await.unwrap(), 2);
    assert_eq!(tx.sessions_of(ana.id).await.unwrap(), vec![lasting]);
}

async fn a_token_is_replaced_without_proving_anything(db: Database) {
    let ana = db.user("ana").await;
    let kept = session(&ana);
    keep(&db, &kept).await;
    let (new, early) = (hash(), NOW.minus(MINUTE));
    let mut tx = db.write().await;
    assert!(tx.rotate_session(kept.id, &new).await.unwrap());
    assert_eq!(tx.session(&kept.token_hash, NOW, early).await.unwrap(), None);
    let rotated = tx.session(&new, NOW, early).await.unwrap().unwrap();
    assert_eq!((rotated.id, rotated.proved_at), (kept.id, kept.proved_at));
    assert!(!tx.rotate_session(id(), &hash()).await.unwrap());
}
