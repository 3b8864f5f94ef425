//! What self-service does.

use regain_directory::{BindVerdict, Expiry, Lock, Refusal, SetOptions};

use super::{NEW, OTHER, done, refused, secret};
use crate::accounts::State;
use crate::house::{House, again, find};
use crate::judges::{self, Deed, Verdict};

/// A password is set without the old one.
pub async fn reset(house: &House) {
    let account = house.account(State::Ordinary);
    let session = house.session().await;
    let person = find(&session, &account).await;
    assert_eq!(person.dn.to_lowercase(), account.dn.to_lowercase());
    let state = &person.account;
    assert!(!state.disabled && !state.ended && !state.must_change, "{state:?}");
    assert_eq!((state.lock, state.protection), (Lock::Open, None));
    assert!(matches!(state.expiry, Expiry::At(_)), "{state:?}");

    let outcome = session.set_password(&person, &secret(NEW), SetOptions::default()).await;
    assert_eq!(outcome, done());
    judges::replaced(&house.server, &account, NEW);
    judges::wrote_down(&house.server, &account, Deed::Reset);
    assert!(!again(&session, &person).await.account.must_change);

    // What the help desk sets, and the person must change.
    let outcome = session.set_password(&person, &secret(OTHER), SetOptions { must_change: true }).await;
    assert_eq!(outcome, done());
    judges::say(&house.server, &account, OTHER, Verdict::MustChange);
    assert!(again(&session, &person).await.account.must_change);
}

/// A password is changed by somebody who knows the old one.
pub async fn change(house: &House) {
    let account = house.account(State::Ordinary);
    let session = house.session().await;
    let person = find(&session, &account).await;
    let outcome = session.change_password(&person, &secret("not the old one"), &secret(NEW)).await;
    assert_eq!(outcome, refused(Refusal::WrongOld));
    judges::kept(&house.server, &account, NEW);

    let outcome = session.change_password(&person, &secret(&account.password), &secret(NEW)).await;
    assert_eq!(outcome, done());
    judges::replaced(&house.server, &account, NEW);
    judges::wrote_down(&house.server, &account, Deed::Change);
}

/// An account that wrong passwords locked is opened, and its password stays.
pub async fn unlock(house: &House) {
    let account = house.account(State::Locked);
    let session = house.session().await;
    let person = find(&session, &account).await;
    let lock = session.lockout(&person).await.unwrap();
    assert_eq!(matches!(lock, Lock::Until(_)), house.dialect.lock_ends, "{lock:?}");
    assert_eq!(lock == Lock::ForGood, !house.dialect.lock_ends, "{lock:?}");

    assert_eq!(session.unlock(&person).await, Ok(()));
    judges::say(&house.server, &account, &account.password, Verdict::Right);
    judges::wrote_down(&house.server, &account, Deed::Unlock);
    assert_eq!(session.lockout(&person).await, Ok(Lock::Open));
    let verdict = house.directory().check_password(&account.dn, &secret(&account.password)).await;
    assert_eq!(verdict, Ok(BindVerdict::Right));
    // One that is open stays open.
    assert_eq!(session.unlock(&person).await, Ok(()));
    // The count of wrong passwords begins anew: two more lock nobody.
    judges::bind(&house.server, &account, NEW, Verdict::Wrong);
    judges::bind(&house.server, &account, NEW, Verdict::Wrong);
    judges::bind(&house.server, &account, &account.password, Verdict::Right);
}
