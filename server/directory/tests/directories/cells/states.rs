//! In which state an account is when somebody comes.

use regain_directory::{BindVerdict, Expiry, Refusal, SetOptions};

use super::{NEW, OTHER, done, refused, secret};
use crate::accounts::{self, Account, State};
use crate::bed;
use crate::house::{House, again, find};
use crate::judges::{self, Verdict};

async fn asked(house: &House, account: &Account, password: &str) -> BindVerdict {
    house.directory().check_password(&account.dn, &secret(password)).await.unwrap()
}

/// The password must be changed first, and can be with the old one.
pub async fn must_change(house: &House) {
    let account = house.account(State::MustChange);
    let session = house.session().await;
    let person = find(&session, &account).await;
    assert!(person.account.must_change);
    assert_eq!(asked(house, &account, &account.password).await, BindVerdict::MustChange);
    judges::say(&house.server, &account, &account.password, Verdict::MustChange);
    assert_eq!(asked(house, &account, NEW).await, BindVerdict::Wrong);

    let outcome = session.change_password(&person, &secret(&account.password), &secret(NEW)).await;
    assert_eq!(outcome, done());
    judges::replaced(&house.server, &account, NEW);
    assert!(!again(&session, &person).await.account.must_change);

    // Who resets it has chosen it, too.
    let account = house.account(State::MustChange);
    let person = find(&session, &account).await;
    let outcome = session.set_password(&person, &secret(NEW), SetOptions::default()).await;
    assert_eq!(outcome, done());
    judges::replaced(&house.server, &account, NEW);
}

/// The password has run out, and can be changed with the old one or reset.
pub async fn expired(house: &House) {
    let account = house.account(State::Expired);
    let session = house.session().await;
    let person = find(&session, &account).await;
    match person.account.expiry {
        Expiry::At(end) => assert!(end.seconds() < 1_700_000_000, "{end:?}"),
        other => panic!("{other:?}"),
    }
    assert_eq!(asked(house, &account, &account.password).await, BindVerdict::Expired);
    judges::say(&house.server, &account, &account.password, Verdict::Expired);
    assert_eq!(asked(house, &account, NEW).await, BindVerdict::Wrong);

    let outcome = session.change_password(&person, &secret(&account.password), &secret(NEW)).await;
    assert_eq!(outcome, done());
    judges::replaced(&house.server, &account, NEW);

    let account = house.account(State::Expired);
    let person = find(&session, &account).await;
    let outcome = session.set_password(&person, &secret(NEW), SetOptions::default()).await;
    assert_eq!(outcome, done());
    judges::replaced(&house.server, &account, NEW);
}

/// An administrator turned the account off, or its time is over: nothing is written there, although Samba would take it.
pub async fn disabled(house: &House) {
    let account = house.account(State::Disabled);
    // OpenLDAP keeps *turned off* where it keeps *locked*.
    let told = if house.server.kind == "openldap" { Verdict::Locked } else { Verdict::Disabled };
    closed(house, &account, house.dialect.turned_off, told, Refusal::Disabled).await;
    if house.server.domain.is_some() {
        let account = house.account(State::Ended);
        closed(house, &account, BindVerdict::Ended, Verdict::Ended, Refusal::Ended).await;
    }
}

async fn closed(house: &House, account: &Account, bind: BindVerdict, told: Verdict, refusal: Refusal) {
    let session = house.session().await;
    let person = find(&session, account).await;
    let state = &person.account;
    assert_eq!((state.disabled, state.ended), (refusal == Refusal::Disabled, refusal == Refusal::Ended));
    assert_eq!(asked(house, account, &account.password).await, bind);
    judges::say(&house.server, account, &account.password, told);

    let reset = session.set_password(&person, &secret(NEW), SetOptions::default()).await;
    assert_eq!(reset, refused(refusal.clone()));
    let change = session.change_password(&person, &secret(&account.password), &secret(NEW)).await;
    assert_eq!(change, refused(refusal.clone()));
    assert_eq!(session.unlock(&person).await, refused(refusal));
    judges::say(&house.server, account, &account.password, told);
    accounts::enable(&house.server, account);
    judges::kept(&house.server, account, NEW);
}

/// Wrong passwords locked the account: a change is refused, a reset opens it.
pub async fn locked(house: &House) {
    let account = house.account(State::Locked);
    let session = house.session().await;
    let person = find(&session, &account).await;
    assert_eq!(asked(house, &account, &account.password).await, BindVerdict::Locked);
    assert_eq!(asked(house, &account, NEW).await, BindVerdict::Locked);
    judges::say(&house.server, &account, &account.password, Verdict::Locked);

    let change = session.change_password(&person, &secret(&account.password), &secret(NEW)).await;
    assert_eq!(change, refused(Refusal::Locked));
    let reset = session.set_password(&person, &secret(OTHER), SetOptions::default()).await;
    assert_eq!(reset, done());
    judges::replaced(&house.server, &account, OTHER);
    judges::bind(&house.server, &account, NEW, Verdict::Wrong);
}

/// Only administrators may write to an administrator.
pub async fn protected(house: &House) {
    let account = house.account(State::Protected);
    let session = house.session().await;
    let person = find(&session, &account).await;
    assert_eq!(person.account.protection.is_some(), house.dialect.protected == Refusal::Protected);
    let reset = session.set_password(&person, &secret(NEW), SetOptions::default()).await;
    assert_eq!(reset, refused(house.dialect.protected.clone()));
    assert_eq!(session.unlock(&person).await, refused(house.dialect.protected.clone()));
    judges::kept(&house.server, &account, NEW);

    let change = session.change_password(&person, &secret(&account.password), &secret(NEW)).await;
    if house.dialect.protected_changes {
        bed::say(&format!("note: {}: an administrator may change their own password", house.kind()));
        assert_eq!(change, done());
        judges::replaced(&house.server, &account, NEW);
    } else {
        assert_eq!(change, refused(Refusal::Protected));
        judges::kept(&house.server, &account, NEW);
    }
}
