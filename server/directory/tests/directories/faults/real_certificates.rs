//! The same with real servers: StartTLS does what LDAPS does, and a certificate that is not the right one ends it.

use regain_directory::{Away, BadCertificate, Done, SetOptions};

use super::impostor::Authority;
use crate::accounts::State;
use crate::dialect::{DS389, Dialect, OPENLDAP, SAMBA};
use crate::house::{House, find};
use crate::judges;
use crate::proxy::Proxy;

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn samba() {
    judged(&SAMBA, "faults::samba::certificates").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn openldap() {
    judged(&OPENLDAP, "faults::openldap::certificates").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn ds389() {
    judged(&DS389, "faults::ds389::certificates").await;
}

async fn judged(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    starttls_sets_a_password(&house).await;
    for url in [&house.server.url, &house.server.plain_url] {
        let mut settings = house.settings(url, &house.server.service);
        settings.authority = Some(Authority::create().pem.into_bytes());
        let away = house.hasty(settings).connect().await.err();
        assert_eq!(away, Some(Away::Certificate(BadCertificate::UnknownIssuer)), "{url}");
    }
    // The same server at an address that its certificate does not name.
    let proxy = Proxy::elsewhere([127, 0, 0, 2].into(), &house.server.url);
    let away = house.by(&proxy.url()).connect().await.err();
    assert!(matches!(away, Some(Away::Certificate(BadCertificate::OtherName(_)))), "{away:?}");
}

async fn starttls_sets_a_password(house: &House) {
    let account = house.account(State::Ordinary);
    let session = house.by(&house.server.plain_url).connect().await.unwrap();
    let person = find(&session, &account).await;
    let outcome = session.set_password(&person, &"Fresh#Harbour27".into(), SetOptions::default()).await;
    assert_eq!(outcome, Ok(Done::default()));
    judges::replaced(&house.server, &account, "Fresh#Harbour27");
}
