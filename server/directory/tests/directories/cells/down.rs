//! The directory is gone, or nobody knows whether it heard.

use regain_directory::{Away, Failure, SetOptions};

use super::{NEW, secret};
use crate::accounts::{Account, State};
use crate::house::{House, find};
use crate::judges::{self, Deed};
use crate::proxy::{Lost, Proxy};

/// It goes down between finding the person and setting the password: nothing was done, and that is said.
pub async fn directory_down(house: &House) {
    let account = house.account(State::Ordinary);
    let proxy = Proxy::before(&house.server.url);
    let directory = house.by(&proxy.url());
    let session = directory.connect().await.unwrap();
    let person = find(&session, &account).await;
    proxy.go_down();
    let outcome = session.set_password(&person, &secret(NEW), SetOptions::default()).await;
    assert!(matches!(outcome, Err(Failure::Away(_))), "{outcome:?}");
    assert_eq!(directory.connect().await.err(), Some(Away::NotReached));
    let verdict = directory.check_password(&account.dn, &secret(&account.password)).await;
    assert_eq!(verdict, Err(Away::NotReached));
    judges::kept(&house.server, &account, NEW);
}

/// The request leaves and no answer comes: it may have been done or not, and neither is claimed.
pub async fn unknown_outcome(house: &House) {
    let (account, spared) = (house.account(State::Ordinary), house.account(State::Ordinary));
    let session = house.session().await;
    let set = async |account| find(&session, account).await.account.password_set_at;
    let before = (set(&account).await, set(&spared).await);
    tokio::join!(lost(house, &account, Lost::Answer), lost(house, &spared, Lost::Request));
    judges::say(&house.server, &account, NEW, house.dialect.without_answer);
    judges::wrote_down(&house.server, &account, Deed::Reset);
    judges::kept(&house.server, &spared, NEW);
    // Asking tells which it was, of the directory's own time.
    let after = (set(&account).await, set(&spared).await);
    assert_eq!(before.1, after.1);
    assert!(before.0 != after.0 || !house.dialect.tells_when_set, "{before:?} {after:?}");

    // What was to follow can follow.
    let person = find(&session, &account).await;
    assert_eq!(session.clear_must_change(&person).await, Ok(()));
    judges::replaced(&house.server, &account, NEW);
}

/// A reset reads the person's entry, and then writes: the second request is the one.
async fn lost(house: &House, account: &Account, lost: Lost) {
    let proxy = Proxy::before(&house.server.url);
    let session = house.by(&proxy.url()).connect().await.unwrap();
    let person = find(&session, account).await;
    proxy.lose_after(1, lost);
    let outcome = session.set_password(&person, &secret(NEW), SetOptions::default()).await;
    assert_eq!(outcome, Err(Failure::Unknown));
    // An answer that comes late belongs to nobody.
    proxy.wait_until_hung_up();
    let later = session.find(&account.name).await;
    assert!(matches!(later, Err(Failure::Away(_))), "{later:?}");
}
