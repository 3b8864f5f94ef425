//! Recovery codes, passkeys and what browsers are asked.

use regain_store::{Method, Passkey, PasskeyCeremony, User};

use crate::database::Database;
use crate::make::{MINUTE, NOW, id};

on_both_engines!(
    recovery_codes_are_used_up_one_by_one,
    one_of_many_takes_a_recovery_code,
    a_passkey_is_its_owners_and_goes_with_its_method,
    a_ceremony_goes_with_its_challenge,
    the_last_drill_counts,
);

fn method(user: &User, method: &str, codes_left: Option<i64>) -> Method {
    Method {
        id: id(),
        user_id: user.id,
        method: method.to_owned(),
        label: String::new(),
        destination: None,
        sealed: None,
        last_step: None,
        created_at: NOW,
        last_used_at: None,
        codes_left,
    }
}

async fn set(db: &Database, user: &User) -> Method {
    let set = method(user, "recovery_code", Some(3));
    let mut tx = db.write().await;
    tx.add_method(&set).await.unwrap();
    tx.add_recovery_codes(set.id, &["one", "two", "three"].map(str::to_owned)).await.unwrap();
    tx.commit().await.unwrap();
    set
}

async fn recovery_codes_are_used_up_one_by_one(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let set = set(&db, &ana).await;
    let mut tx = db.write().await;
    assert!(tx.recovery_codes(bob.id).await.unwrap().is_empty());
    assert!(tx.take_recovery_code(set.id, 1, NOW).await.unwrap());
    assert!(!tx.take_recovery_code(set.id, 1, NOW).await.unwrap(), "a code works once");
    assert!(!tx.take_recovery_code(set.id, 9, NOW).await.unwrap());
    let left = tx.recovery_codes(ana.id).await.unwrap();
    let left: Vec<_> = left.iter().map(|(method, code)| (*method, code.verifier.as_str())).collect();
    assert_eq!(left, [(set.id, "one"), (set.id, "three")]);
    assert_eq!(tx.methods(ana.id).await.unwrap()[0].codes_left, Some(2));
    assert!(tx.delete_method(ana.id, set.id).await.unwrap());
    assert!(tx.recovery_codes(ana.id).await.unwrap().is_empty());
}

async fn one_of_many_takes_a_recovery_code(db: Database) {
    let ana = db.user("ana").await;
    let set = set(&db, &ana).await;
    let id = set.id;
    let taken = db
        .at_once(8, move |store| async move {
            let mut tx = store.write().await.unwrap();
            let taken = tx.take_recovery_code(id, 0, NOW).await.unwrap();
            tx.commit().await.unwrap();
            taken
        })
        .await;
    assert_eq!(taken.iter().filter(|taken| **taken).count(), 1);
    assert_eq!(db.read().await.methods(ana.id).await.unwrap()[0].codes_left, Some(2));
}

async fn a_passkey_is_its_owners_and_goes_with_its_method(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let row = method(&ana, "passkey", None);
    let passkey = Passkey { method_id: row.id, credential_id: vec![1, 2, 3], credential: "{}".to_owned() };
    let mut tx = db.write().await;
    tx.add_method(&row).await.unwrap();
    assert!(!tx.knows_passkey(&[1, 2, 3]).await.unwrap());
    tx.add_passkey(&passkey).await.unwrap();
    assert!(tx.knows_passkey(&[1, 2, 3]).await.unwrap());
    assert_eq!(tx.passkeys(ana.id).await.unwrap(), [passkey]);
    assert!(tx.passkeys(bob.id).await.unwrap().is_empty());
    tx.update_passkey(row.id, "{\"counter\":1}").await.unwrap();
    assert_eq!(tx.passkeys(ana.id).await.unwrap()[0].credential, "{\"counter\":1}");
    tx.delete_method(ana.id, row.id).await.unwrap();
    assert!(!tx.knows_passkey(&[1, 2, 3]).await.unwrap());
}

async fn a_ceremony_goes_with_its_challenge(db: Database) {
    let (_, flow) = db.flow("ana").await;
    let challenge = db.challenge(&flow).await;
    let asked = PasskeyCeremony {
        challenge_id: challenge.id,
        options: "{\"asked\":true}".to_owned(),
        state: "{\"kept\":true}".to_owned(),
    };
    let mut tx = db.write().await;
    assert_eq!(tx.passkey_ceremony(challenge.id).await.unwrap(), None);
    tx.add_passkey_ceremony(&asked).await.unwrap();
    assert_eq!(tx.passkey_ceremony(challenge.id).await.unwrap(), Some(asked));
}

async fn the_last_drill_counts(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let mut tx = db.write().await;
    assert_eq!(tx.drilled_at(ana.id).await.unwrap(), None);
    tx.record_drill(ana.id, NOW).await.unwrap();
    tx.record_drill(ana.id, NOW.plus(MINUTE)).await.unwrap();
    assert_eq!(tx.drilled_at(ana.id).await.unwrap(), Some(NOW.plus(MINUTE)));
    assert_eq!(tx.drilled_at(bob.id).await.unwrap(), None);
}
