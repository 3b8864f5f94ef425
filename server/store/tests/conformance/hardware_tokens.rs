//! Hardware tokens.

use regain_core::time::Timestamp;
use regain_store::{HardwareToken, Method, Page, TokenFilter, User};
use uuid::Uuid;

use crate::database::Database;
use crate::make::{NOW, id};

on_both_engines!(
    a_serial_number_is_there_once,
    a_token_becomes_a_method_once,
    a_token_goes_with_its_method_and_with_its_owner,
    tokens_are_searched_and_paged,
    a_waiting_seed_is_sealed_anew_only_from_what_it_was,
    steps_are_raised_by_each_tokens_own_clock,
);

fn token(user: &User, serial: &str) -> HardwareToken {
    HardwareToken {
        id: id(),
        user_id: user.id,
        method_id: None,
        serial: serial.to_uppercase(),
        serial_key: serial.to_owned(),
        manufacturer: "Contoso".to_owned(),
        model: "Key".to_owned(),
        period: 60,
        sealed: Some(vec![7; 60]),
        drift: 0,
        created_at: NOW,
    }
}

fn method(token: &HardwareToken) -> Method {
    Method {
        id: token.id,
        user_id: token.user_id,
        method: "app_code".to_owned(),
        label: "Hardware token".to_owned(),
        destination: None,
        sealed: token.sealed.clone(),
        last_step: Some(1),
        created_at: NOW,
        last_used_at: None,
        codes_left: None,
    }
}

async fn a_serial_number_is_there_once(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let first = token(&ana, "a-1");
    let mut tx = db.write().await;
    assert!(tx.add_token(&first).await.unwrap());
    assert!(!tx.add_token(&token(&bob, "a-1")).await.unwrap());
    assert!(tx.add_token(&token(&bob, "a-2")).await.unwrap());
    assert_eq!(tx.token(first.id).await.unwrap(), Some(first.clone()));
    assert_eq!(tx.tokens_of(ana.id).await.unwrap(), vec![first]);
}

async fn a_token_becomes_a_method_once(db: Database) {
    let ana = db.user("ana").await;
    let waiting = token(&ana, "a-1");
    let mut tx = db.write().await;
    tx.add_token(&waiting).await.unwrap();
    tx.add_method(&method(&waiting)).await.unwrap();
    assert!(tx.activate_token(waiting.id, -3).await.unwrap());
    assert!(!tx.activate_token(waiting.id, 0).await.unwrap());
    let active = HardwareToken { method_id: Some(waiting.id), sealed: None, drift: -3, ..waiting.clone() };
    assert_eq!(tx.token(waiting.id).await.unwrap(), Some(active));
    assert!(!tx.delete_token(waiting.id).await.unwrap(), "it is a method");
    tx.set_drift(waiting.id, 4).await.unwrap();
    assert_eq!(tx.token(waiting.id).await.unwrap().unwrap().drift, 4);
}

async fn a_token_goes_with_its_method_and_with_its_owner(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let (hers, waiting, his) = (token(&ana, "a-1"), token(&ana, "a-2"), token(&bob, "b-1"));
    let mut tx = db.write().await;
    for token in [&hers, &waiting, &his] {
        tx.add_token(token).await.unwrap();
    }
    tx.add_method(&method(&hers)).await.unwrap();
    tx.activate_token(hers.id, 0).await.unwrap();
    assert!(tx.delete_method(ana.id, hers.id).await.unwrap());
    assert_eq!(tx.tokens_of(ana.id).await.unwrap(), vec![waiting.clone()]);
    assert!(tx.delete_token(waiting.id).await.unwrap());
    assert!(!tx.delete_token(waiting.id).await.unwrap());
    tx.delete_user(bob.id).await.unwrap();
    assert_eq!(tx.token(his.id).await.unwrap(), None);
}

async fn tokens_are_searched_and_paged(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let mut tx = db.write().await;
    for serial in ["a-1", "a-2", "b_3"] {
        tx.add_token(&token(&ana, serial)).await.unwrap();
    }
    let other = HardwareToken { manufacturer: "Other".to_owned(), ..token(&bob, "x%9") };
    tx.add_token(&other).await.unwrap();
    tx.add_method(&method(&other)).await.unwrap();
    tx.activate_token(other.id, 0).await.unwrap();
    let page = |after: &str, limit| Page { after: after.to_owned(), limit };
    for (search, active, found) in [
        ("", None, vec!["a-1", "a-2", "b_3", "x%9"]),
        ("A-", None, vec!["a-1", "a-2"]),
        ("%", None, vec![]),
        ("_", None, vec![]),
        ("bob@", None, vec!["x%9"]),
        ("ANA", Some(false), vec!["a-1", "a-2", "b_3"]),
        ("oth", None, vec!["x%9"]),
        ("key", Some(true), vec!["x%9"]),
    ] {
        let filter = TokenFilter { search: search.to_owned(), active };
        let listed = tx.tokens(&filter, &page("", 10)).await.unwrap();
        let keys: Vec<_> = listed.iter().map(|token| token.serial_key.as_str()).collect();
        assert_eq!(keys, found, "{search} {active:?}");
    }
    let all = TokenFilter::default();
    let second = tx.tokens(&all, &page("a-1", 2)).await.unwrap();
    assert_eq!(second.iter().map(|token| token.serial.as_str()).collect::<Vec<_>>(), ["A-2", "B_3"]);
    assert_eq!((second[0].upn.as_str(), second[0].active), ("ana@contoso.example", false));
    let before = tx.tokens_before(&all, "x%9", 2).await.unwrap();
    assert_eq!(before, second);
}

async fn a_waiting_seed_is_sealed_anew_only_from_what_it_was(db: Database) {
    let ana = db.user("ana").await;
    let waiting = token(&ana, "a-1");
    let mut tx = db.write().await;
    tx.add_token(&waiting).await.unwrap();
    assert_eq!(tx.sealed_tokens(Uuid::nil(), 10).await.unwrap(), vec![waiting.clone()]);
    assert!(tx.sealed_tokens(waiting.id, 10).await.unwrap().is_empty());
    assert!(!tx.reseal_token(waiting.id, &[9], &[3]).await.unwrap());
    assert!(tx.reseal_token(waiting.id, &[7; 60], &[3]).await.unwrap());
    assert_eq!(tx.token(waiting.id).await.unwrap().unwrap().sealed, Some(vec![3]));
}

async fn steps_are_raised_by_each_tokens_own_clock(db: Database) {
    let ana = db.user("ana").await;
    let slow = token(&ana, "a-1");
    let app = Method { id: id(), ..method(&slow) };
    let mut tx = db.write().await;
    tx.add_token(&slow).await.unwrap();
    tx.add_method(&method(&slow)).await.unwrap();
    tx.activate_token(slow.id, -2).await.unwrap();
    tx.add_method(&app).await.unwrap();
    assert_eq!(tx.raise_steps(Timestamp::from_seconds(6_000)).await.unwrap(), 2);
    let rows = tx.methods(ana.id).await.unwrap();
    let step = |id: Uuid| rows.iter().find(|row| row.id == id).unwrap().last_step;
    assert_eq!((step(slow.id), step(app.id)), (Some(98), Some(200)));
}
