//! Who is who (T108): a person stays the same under another name and at another place, and whoever gets a name that was
//! somebody else's inherits nothing.

use regain_directory::{Away, Failure, Found, Refusal, SetOptions};

use crate::accounts::{self, State};
use crate::bed::Login;
use crate::client::administer;
use crate::dialect::Dialect;
use crate::house::{House, find};
use crate::judges;

const NEW: &str = "Fresh#Harbour27";

each! {
    who_was_renamed_is_still_found_and_written_to
    whoever_gets_the_name_of_somebody_who_left_is_somebody_else
    of_two_with_one_address_neither_is_meant
    a_service_account_with_a_wrong_password_is_said_to_be_that
}

async fn who_was_renamed_is_still_found_and_written_to(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    let account = house.account(State::Ordinary);
    let session = house.session().await;
    let person = find(&session, &account).await;
    let renamed = accounts::rename(&house.server, &account);
    assert_eq!(session.find(&account.name).await, Ok(Found::None));
    let now = session.person(&person.id).await.unwrap().expect("still there");
    assert_eq!(now.dn.to_lowercase(), renamed.dn.to_lowercase());
    // Whoever still has the old DN in hand writes to the same person.
    session.set_password(&person, &NEW.into(), SetOptions::default()).await.unwrap();
    judges::replaced(&house.server, &renamed, NEW);
}

async fn whoever_gets_the_name_of_somebody_who_left_is_somebody_else(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    let account = house.account(State::Ordinary);
    let session = house.session().await;
    let person = find(&session, &account).await;
    accounts::remove(&house.server, &account);
    let heir = accounts::make_again(&house.server, &account);
    assert_eq!(heir.dn, account.dn);
    assert_eq!(session.person(&person.id).await, Ok(None));
    let gone = Failure::Refused(Refusal::Gone);
    let reset = session.set_password(&person, &NEW.into(), SetOptions::default()).await;
    assert_eq!(reset, Err(gone.clone()));
    let change = session.change_password(&person, &heir.password.as_str().into(), &NEW.into()).await;
    assert_eq!(change, Err(gone.clone()));
    assert_eq!(session.unlock(&person).await, Err(gone));
    assert_ne!(find(&session, &heir).await.id, person.id);
    judges::kept(&house.server, &heir, NEW);
}

async fn of_two_with_one_address_neither_is_meant(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    let (one, two) = (house.account(State::Ordinary), house.account(State::Ordinary));
    let mut settings = house.settings(&house.server.url, &house.server.service);
    // By itself a domain has no two with one username; where people sign in with their mail address, it can.
    settings.attributes.username = "mail".to_owned();
    let session = house.hasty(settings).connect().await.unwrap();
    let username = find(&session, &one).await.username.expect("a username");
    assert!(matches!(session.find(&username).await, Ok(Found::One(_))));
    let change = format!("dn: {}\nchangetype: modify\nreplace: mail\nmail: {username}\n", two.dn);
    administer(&house.server, &change);
    assert_eq!(session.find(&username).await, Ok(Found::Several));
}

async fn a_service_account_with_a_wrong_password_is_said_to_be_that(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    // An account of its own: three wrong passwords would lock the one that the other tests use.
    let account = house.account(State::Ordinary);
    let wrong = Login { dn: account.dn.clone(), password: "not its password".to_owned() };
    let directory = house.hasty(house.settings(&house.server.url, &wrong));
    assert_eq!(directory.connect().await.err(), Some(Away::ServiceAccount));
}
