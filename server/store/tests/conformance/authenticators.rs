//! Devices, pairings, requests.

use regain_store::{Answerer, Device, Method, Pairing, PushRequest, Session, Subscription, User};
use uuid::Uuid;

use crate::database::Database;
use crate::make::{MINUTE, NOW, hash, id, session};

on_both_engines!(
    a_device_is_its_sessions_until_it_is_a_method,
    a_device_goes_with_its_method_or_its_session,
    the_codes_of_a_phone_go_with_the_phone,
    a_subscription_is_replaced_and_taken_back_once,
    a_session_shows_one_pairing,
    one_of_many_uses_a_pairing,
    a_device_is_asked_what_its_owner_is_asked,
    an_open_request_is_found_by_its_account,
    one_of_many_settles_a_request,
    a_request_expires_once,
    rows_are_found_by_their_ids,
);

fn device(user: &User, of: Option<&Session>) -> Device {
    Device {
        id: id(),
        user_id: user.id,
        session_id: of.map(|session| session.id),
        method_id: None,
        code_id: None,
        public_key: vec![4; 65],
        client: "Browser".to_owned(),
        browser: None,
        seed: Some(vec![1; 60]),
        endpoint: None,
        push_key: None,
        push_auth: None,
        created_at: NOW,
        seen_at: NOW,
        pushed_at: None,
    }
}

fn method(user: &User, name: &str) -> Method {
    Method {
        id: id(),
        user_id: user.id,
        method: name.to_owned(),
        label: String::new(),
        destination: None,
        sealed: None,
        last_step: None,
        created_at: NOW,
        last_used_at: None,
        codes_left: None,
    }
}

fn pairing(session: &Session) -> Pairing {
    Pairing {
        id: id(),
        session_id: session.id,
        user_id: session.user_id,
        secret_hash: hash(),
        code_mac: vec![2; 32],
        created_at: NOW,
        expires_at: NOW.plus(10 * MINUTE),
        used_at: None,
    }
}

/// A user with a session.
async fn signed_in(db: &Database, name: &str) -> (User, Session) {
    let user = db.user(name).await;
    let session = session(&user);
    let mut tx = db.write().await;
    tx.add_session(&session).await.unwrap();
    tx.commit().await.unwrap();
    (user, session)
}

/// A request of a new flow, and its user.
async fn asked(db: &Database, name: &str) -> (User, PushRequest) {
    let (user, flow) = db.flow(name).await;
    let challenge = db.challenge(&flow).await;
    let request = PushRequest {
        id: id(),
        challenge_id: challenge.id,
        account: format!("account of {name}"),
        user_id: Some(user.id),
        device_id: None,
        purpose: "recovery".to_owned(),
        asked: "reset".to_owned(),
        address: "203.0.113.1".to_owned(),
        client: "Browser".to_owned(),
        browser: Some(hash()),
        number: vec![3; 30],
        state: "open".to_owned(),
        created_at: NOW,
        expires_at: NOW.plus(MINUTE),
        answered_at: None,
        answered_by: None,
        answered_address: None,
        answered_client: None,
    };
    let mut tx = db.write().await;
    tx.add_push_request(&request).await.unwrap();
    tx.commit().await.unwrap();
    (user, request)
}

async fn a_device_is_its_sessions_until_it_is_a_method(db: Database) {
    let (ana, here) = signed_in(&db, "ana").await;
    let (phone, codes) = (method(&ana, "app_notification"), method(&ana, "app_code"));
    let new = device(&ana, Some(&here));
    let mut tx = db.write().await;
    tx.add_method(&phone).await.unwrap();
    tx.add_method(&codes).await.unwrap();
    tx.add_device(&new).await.unwrap();
    assert_eq!(tx.session_device(here.id).await.unwrap(), Some(new.clone()));
    assert_eq!(tx.devices(ana.id).await.unwrap(), vec![]);
    assert!(tx.accept_device(new.id, phone.id, Some(codes.id)).await.unwrap());
    assert!(!tx.accept_device(new.id, phone.id, None).await.unwrap(), "once");
    let (method_id, code_id) = (Some(phone.id), Some(codes.id));
    let accepted = Device { session_id: None, method_id, code_id, seed: None, ..new.clone() };
    assert_eq!(tx.devices(ana.id).await.unwrap(), vec![accepted]);
    assert_eq!(tx.session_device(here.id).await.unwrap(), None);
    assert_eq!(tx.drop_session_devices(here.id).await.unwrap(), 0);
    tx.touch_device(new.id, NOW.plus(MINUTE)).await.unwrap();
    tx.mark_pushed(new.id, NOW).await.unwrap();
    let read = tx.device(new.id).await.unwrap().unwrap();
    assert_eq!((read.seen_at, read.pushed_at), (NOW.plus(MINUTE), Some(NOW)));
}

async fn a_device_goes_with_its_method_or_its_session(db: Database) {
    let (ana, here) = signed_in(&db, "ana").await;
    let (phone, codes) = (method(&ana, "app_notification"), method(&ana, "app_code"));
    let (kept, new) = (device(&ana, None), device(&ana, Some(&here)));
    let mut tx = db.write().await;
    tx.add_method(&phone).await.unwrap();
    tx.add_method(&codes).await.unwrap();
    tx.add_device(&kept).await.unwrap();
    tx.add_device(&new).await.unwrap();
    tx.accept_device(kept.id, phone.id, Some(codes.id)).await.unwrap();
    tx.delete_method(ana.id, codes.id).await.unwrap();
    assert_eq!(tx.device(kept.id).await.unwrap().unwrap().code_id, None, "it still answers");
    tx.end_session(here.id).await.unwrap();
    assert_eq!(tx.device(new.id).await.unwrap(), None);
    tx.delete_method(ana.id, phone.id).await.unwrap();
    assert_eq!(tx.device(kept.id).await.unwrap(), None);
}

async fn the_codes_of_a_phone_go_with_the_phone(db: Database) {
    let (ana, bob) = (db.user("ana").await, db.user("bob").await);
    let (phone, codes, own) =
        (method(&ana, "app_notification"), method(&ana, "app_code"), method(&ana, "app_code"));
    let paired = device(&ana, None);
    let mut tx = db.write().await;
    for method in [&phone, &codes, &own] {
        tx.add_method(method).await.unwrap();
    }
    tx.add_device(&paired).await.unwrap();
    tx.accept_device(paired.id, phone.id, Some(codes.id)).await.unwrap();
    assert!(!tx.delete_method(bob.id, phone.id).await.unwrap());
    assert_eq!(tx.methods(ana.id).await.unwrap().len(), 3, "not his");
    assert!(tx.delete_method(ana.id, phone.id).await.unwrap());
    assert_eq!(tx.methods(ana.id).await.unwrap(), vec![own]);
}

async fn a_subscription_is_replaced_and_taken_back_once(db: Database) {
    let ana = db.user("ana").await;
    let phone = device(&ana, None);
    let subscription =
        |endpoint: &str| Subscription { endpoint: endpoint.to_owned(), key: vec![4; 65], auth: vec![5; 16] };
    let mut tx = db.write().await;
    tx.add_device(&phone).await.unwrap();
    tx.set_subscription(phone.id, Some(&subscription("one"))).await.unwrap();
    tx.set_subscription(phone.id, Some(&subscription("two"))).await.unwrap();
    assert_eq!(tx.device(phone.id).await.unwrap().unwrap().subscription(), Some(subscription("two")));
    assert!(!tx.drop_subscription(phone.id, "one").await.unwrap(), "it was replaced");
    assert!(tx.drop_subscription(phone.id, "two").await.unwrap());
    assert!(!tx.drop_subscription(phone.id, "two").await.unwrap());
    assert_eq!(tx.device(phone.id).await.unwrap().unwrap().subscription(), None);
    tx.set_subscription(phone.id, Some(&subscription("three"))).await.unwrap();
    tx.set_subscription(phone.id, None).await.unwrap();
    assert_eq!(tx.device(phone.id).await.unwrap().unwrap().subscription(), None);
}

async fn a_session_shows_one_pairing(db: Database) {
    let (ana, here) = signed_in(&db, "ana").await;
    let (first, second) = (pairing(&here), pairing(&here));
    let mut tx = db.write().await;
    tx.begin_pairing(&first).await.unwrap();
    tx.begin_pairing(&second).await.unwrap();
    assert_eq!(tx.pairing(here.id).await.unwrap(), Some(second.clone()));
    assert_eq!(tx.pairing_by_secret(&first.secret_hash).await.unwrap(), None);
    assert_eq!(tx.pairing_by_secret(&second.secret_hash).await.unwrap(), Some(second.clone()));
    assert_eq!(tx.open_pairings(ana.id, NOW).await.unwrap(), vec![second.clone()]);
    assert_eq!(tx.open_pairings(Uuid::nil(), NOW).await.unwrap(), vec![]);
    assert_eq!(tx.open_pairings(ana.id, second.expires_at).await.unwrap(), vec![]);
    assert!(!tx.use_pairing(second.id, second.expires_at).await.unwrap(), "it died");
    assert!(tx.use_pairing(second.id, NOW).await.unwrap());
    assert_eq!(tx.open_pairings(ana.id, NOW).await.unwrap(), vec![]);
    tx.end_session(here.id).await.unwrap();
    assert_eq!(tx.pairing_by_secret(&second.secret_hash).await.unwrap(), None);
}

async fn one_of_many_uses_a_pairing(db: Database) {
    let (_, here) = signed_in(&db, "ana").await;
    let shown = pairing(&here);
    let mut tx = db.write().await;
    tx.begin_pairing(&shown).await.unwrap();
    tx.commit().await.unwrap();
    let used = db
        .at_once(30, |store| async move {
            let mut tx = store.write().await.unwrap();
            let used = tx.use_pairing(shown.id, NOW).await.unwrap();
            tx.commit().await.unwrap();
            used
        })
        .await;
    assert_eq!(used.into_iter().filter(|used| *used).count(), 1);
}

async fn a_device_is_asked_what_its_owner_is_asked(db: Database) {
    let (ana, request) = asked(&db, "ana").await;
    let (bob, _) = asked(&db, "bob").await;
    let phone = method(&ana, "app_notification");
    let (proven, new) = (device(&ana, None), device(&ana, None));
    let mut tx = db.write().await;
    tx.add_method(&phone).await.unwrap();
    tx.add_device(&proven).await.unwrap();
    tx.add_device(&new).await.unwrap();
    tx.accept_device(proven.id, phone.id, None).await.unwrap();
    let proven = tx.device(proven.id).await.unwrap().unwrap();
    assert_eq!(tx.device_requests(&proven, NOW).await.unwrap(), vec![request.clone()]);
    assert_eq!(tx.device_requests(&new, NOW).await.unwrap(), vec![], "it proved nothing yet");
    let of_bob = Device { method_id: Some(phone.id), ..device(&bob, None) };
    assert_ne!(tx.device_requests(&of_bob, NOW).await.unwrap(), vec![request.clone()]);
    assert_eq!(tx.device_requests(&proven, request.expires_at).await.unwrap(), vec![]);
    tx.void_challenge(request.challenge_id, NOW).await.unwrap();
    assert_eq!(tx.device_requests(&proven, NOW).await.unwrap(), vec![], "nobody waits");
}

async fn an_open_request_is_found_by_its_account(db: Database) {
    let (_, request) = asked(&db, "ana").await;
    let mut tx = db.write().await;
    let account = request.account.clone();
    assert_eq!(tx.open_push_request(&account, NOW).await.unwrap(), Some(request.clone()));
    assert_eq!(tx.open_push_request("another", NOW).await.unwrap(), None);
    assert_eq!(tx.open_push_request(&account, request.expires_at).await.unwrap(), None);
    assert_eq!(tx.challenge_request(request.challenge_id).await.unwrap(), Some(request.clone()));
    assert!(tx.consume_challenge(request.challenge_id, NOW).await.unwrap());
    assert_eq!(tx.open_push_request(&account, NOW).await.unwrap(), None);
    assert_eq!(tx.push_request(request.id).await.unwrap(), Some(request));
}

async fn one_of_many_settles_a_request(db: Database) {
    let (_, request) = asked(&db, "ana").await;
    let device = id();
    let settled = db
        .at_once(30, |store| async move {
            let mut tx = store.write().await.unwrap();
            let by = Answerer { device, address: "198.51.100.7", client: "Phone" };
            let settled = tx.settle_push_request(request.id, "open", "approved", &by, NOW).await.unwrap();
            tx.commit().await.unwrap();
            settled
        })
        .await;
    assert_eq!(settled.into_iter().filter(|settled| *settled).count(), 1);
    let mut tx = db.write().await;
    let read = tx.push_request(request.id).await.unwrap().unwrap();
    let by = Answerer { device, address: "198.51.100.7", client: "Phone" };
    assert_eq!(
        (read.state.as_str(), read.answered_by, read.answered_at),
        ("approved", Some(device), Some(NOW))
    );
    let answered = (read.answered_address.as_deref(), read.answered_client.as_deref());
    assert_eq!(answered, (Some(by.address), Some(by.client)));
    let user_id = request.user_id.unwrap();
    assert_eq!(tx.approved_push_requests(user_id, NOW).await.unwrap(), vec![read]);
    assert_eq!(tx.approved_push_requests(user_id, NOW.plus(MINUTE)).await.unwrap(), vec![]);
    assert_eq!(tx.approved_push_requests(id(), NOW).await.unwrap(), vec![]);
    let late = NOW.plus(5 * MINUTE);
    assert!(tx.settle_push_request(request.id, "approved", "reported", &by, late).await.unwrap());
    drop(tx);
    let (_, other) = asked(&db, "bob").await;
    let mut tx = db.write().await;
    assert!(
        !tx.settle_push_request(other.id, "open", "denied", &by, other.expires_at).await.unwrap(),
        "late"
    );
}

async fn a_request_expires_once(db: Database) {
    let (_, request) = asked(&db, "ana").await;
    let mut tx = db.write().await;
    assert_eq!(tx.overdue_push_requests(NOW, 10).await.unwrap(), vec![]);
    assert!(!tx.expire_push_request(request.id, NOW).await.unwrap());
    let end = request.expires_at;
    assert_eq!(tx.overdue_push_requests(end, 10).await.unwrap(), vec![request.clone()]);
    assert!(tx.expire_push_request(request.id, end).await.unwrap());
    assert!(!tx.expire_push_request(request.id, end).await.unwrap());
    assert_eq!(tx.overdue_push_requests(end, 10).await.unwrap(), vec![]);
    let marked = tx.push_request(request.id).await.unwrap().unwrap();
    assert_eq!(marked, PushRequest { state: "expired".to_owned(), ..request });
}

async fn rows_are_found_by_their_ids(db: Database) {
    let (_, here) = signed_in(&db, "ana").await;
    let (_, flow) = db.flow("bob").await;
    let challenge = db.challenge(&flow).await;
    let mut tx = db.write().await;
    assert_eq!(tx.session_by_id(here.id).await.unwrap(), Some(here));
    assert_eq!(tx.flow_by_id(flow.id).await.unwrap(), Some(flow.clone()));
    assert_eq!(tx.challenge_by_id(challenge.id).await.unwrap(), Some(challenge.clone()));
    assert_eq!(tx.flow_by_id(challenge.id).await.unwrap(), None);
    tx.void_challenge(challenge.id, NOW).await.unwrap();
    assert!(!tx.consume_challenge(challenge.id, NOW).await.unwrap());
}
