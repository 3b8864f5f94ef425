//! What the directory's own rules say of a password.

use regain_directory::{Refusal, SetOptions};

use super::{NEW, OTHER, done, refused, secret};
use crate::accounts::{Account, State};
use crate::bed;
use crate::dialect::AtReset;
use crate::house::{House, find};
use crate::judges::{self, Verdict};

/// One of the last three.
pub async fn history(house: &House) {
    let account = house.account(State::Ordinary);
    let session = house.session().await;
    let person = find(&session, &account).await;
    let outcome = session.change_password(&person, &secret(&account.password), &secret(NEW)).await;
    assert_eq!(outcome, done());
    let back = session.change_password(&person, &secret(NEW), &secret(&account.password)).await;
    assert_eq!(back, refused(house.dialect.used_before.clone()));
    judges::replaced(&house.server, &account, NEW);
    let reset = session.set_password(&person, &secret(&account.password), SetOptions::default()).await;
    judged_at_reset(house, &account, reset, &house.dialect.used_before_at_reset, NEW, &account.password);
}

/// The password was set a moment ago, and the policy of this account wants a day between two changes.
pub async fn minimum_age(house: &House) {
    let account = house.account(State::Aged);
    let session = house.session().await;
    let person = find(&session, &account).await;
    let change = session.change_password(&person, &secret(&account.password), &secret(NEW)).await;
    assert_eq!(change, refused(Refusal::TooYoung));
    judges::kept(&house.server, &account, NEW);
    let reset = session.set_password(&person, &secret(OTHER), SetOptions::default()).await;
    judged_at_reset(house, &account, reset, &house.dialect.young_at_reset, &account.password, OTHER);
}

/// Where a directory accepts what it would refuse its owner, the reason is told.
fn judged_at_reset(
    house: &House,
    account: &Account,
    outcome: Result<regain_directory::Done, regain_directory::Failure>,
    expected: &AtReset,
    before: &str,
    wanted: &str,
) {
    let (right, wrong) = match expected {
        AtReset::Refused(refusal) => {
            assert_eq!(outcome, refused(refusal.clone()));
            (before, wanted)
        }
        AtReset::Accepted(why) => {
            bed::say(&format!("note: {}: accepted at a reset: {why}", house.kind()));
            assert_eq!(outcome, done());
            (wanted, before)
        }
    };
    judges::say(&house.server, account, right, Verdict::Right);
    judges::bind(&house.server, account, wrong, Verdict::Wrong);
}

/// Seven characters where eight are wanted, and ten where twelve are.
pub async fn too_short(house: &House) {
    let session = house.session().await;
    let account = house.account(State::Ordinary);
    refuses(house, &session, &account, "Ab#4567", &house.dialect.too_short).await;
    let account = house.account(State::Seasoned);
    refuses(house, &session, &account, "Ab#4567890", &house.dialect.too_short_for_own).await;
}

/// Long enough, with all kinds of characters, and a word that the directory's own filter knows.
pub async fn banned_by_filter(house: &House) {
    let session = house.session().await;
    let account = house.account(State::Ordinary);
    refuses(house, &session, &account, "My-Contoso-2031", &house.dialect.banned).await;
}

/// At a reset as at a change.
async fn refuses(
    house: &House,
    session: &regain_directory::Session,
    account: &Account,
    password: &str,
    refusal: &Refusal,
) {
    let person = find(session, account).await;
    let reset = session.set_password(&person, &secret(password), SetOptions::default()).await;
    assert_eq!(reset, refused(refusal.clone()));
    let change = session.change_password(&person, &secret(&account.password), &secret(password)).await;
    assert_eq!(change, refused(refusal.clone()));
    judges::kept(&house.server, account, password);
}
