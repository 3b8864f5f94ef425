//! Entries that another server keeps (F34): a reference is not followed, wherever it leads.

use std::net::TcpListener;

use regain_directory::Found;

use super::loopback;
use crate::accounts::State;
use crate::client::administer;
use crate::dialect::{DS389, Dialect, OPENLDAP, SAMBA};
use crate::house::{House, find};

#[tokio::test]
async fn openldap() {
    follows_none(&OPENLDAP, "faults::openldap::references").await;
}

#[tokio::test]
async fn ds389() {
    follows_none(&DS389, "faults::ds389::references").await;
}

/// One below the people's base leads to a listener, to which nobody comes.
async fn follows_none(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    let account = house.account(State::Ordinary);
    let listener = TcpListener::bind(loopback(0)).unwrap();
    let address = listener.local_addr().unwrap();
    let unit = format!("cn=elsewhere-{},{}", std::process::id(), house.server.people);
    administer(
        &house.server,
        &format!(
            "dn: {unit}\nchangetype: add\nobjectClass: referral\nobjectClass: extensibleObject\ncn: elsewhere-{}\n\
             ref: ldap://{address}/{}\n",
            std::process::id(),
            house.server.people
        ),
    );
    let session = house.session().await;
    find(&session, &account).await;
    assert_eq!(session.find("nobody-at-all").await, Ok(Found::None));
    let mut people = session.people();
    let mut seen = 0;
    while let Some(page) = people.next().await.unwrap() {
        seen += page.found.len();
    }
    assert!(seen > 0);
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "somebody followed the reference");
}

/// A search from the head of a domain is answered with references to its other parts.
#[tokio::test]
async fn samba() {
    let Some(house) = House::of(&SAMBA, "faults::samba::references") else { return };
    let account = house.account(State::Ordinary);
    let mut settings = house.settings(&house.server.url, &house.server.service);
    settings.base = house.server.base.clone();
    let session = house.hasty(settings).connect().await.unwrap();
    find(&session, &account).await;
    assert_eq!(session.find("nobody-at-all").await, Ok(Found::None));
}
