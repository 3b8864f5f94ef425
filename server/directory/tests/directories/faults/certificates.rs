//! A server whose certificate is wrong, or that offers no TLS, learns nothing (F35): no bind, no name, no password.

use rcgen::ExtendedKeyUsagePurpose;
use regain_core::secret::Secret;
use regain_directory::{Away, BadCertificate, BindVerdict};

use super::impostor::{Authority, Greeting, Heard, Identity, Impostor, Wanted};
use super::{SERVICE_PASSWORD, TIGHT, directory_at};

/// An extended response (RFC 4511, 4.12) to message 1 with this result code.
const YES: &[u8] = b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00";
const PROTOCOL_ERROR: &[u8] = b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x02\x04\x00\x04\x00";
const UNAVAILABLE: &[u8] = b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x34\x04\x00\x04\x00";
/// *Yes*, and behind it an answer to a bind that nobody has sent: a success.
const YES_AND_MORE: &[u8] =
    b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00\x30\x0c\x02\x01\x02\x61\x07\x0a\x01\x00\x04\x00\x04\x00";

const PERSON_PASSWORD: &str = "Person-Passw0rd!";

/// Asks as the service account, and for a person, whom the server must not hear of either.
async fn ask(
    authority: &Authority,
    scheme: &str,
    greeting: impl Fn() -> Greeting,
) -> (Away, Away, [Heard; 2]) {
    let first = Impostor::start(greeting());
    let directory = directory_at(&[format!("{scheme}://{}", first.address)], Some(&authority.pem), TIGHT);
    let connect = directory.connect().await.err().expect("no session");
    let second = Impostor::start(greeting());
    let directory = directory_at(&[format!("{scheme}://{}", second.address)], Some(&authority.pem), TIGHT);
    let verdict: Result<BindVerdict, Away> =
        directory.check_password("uid=alice,dc=example,dc=test", &Secret::from(PERSON_PASSWORD)).await;
    (connect, verdict.expect_err("no verdict"), [first.heard(), second.heard()])
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Otherwise nothing below would prove anything.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_server_with_the_right_certificate_is_told_the_password() {
    let authority = Authority::create();
    let right = || Wanted::default().signed_by(&authority);
    let greetings: [(&str, &dyn Fn() -> Greeting); 2] =
        [("ldaps", &|| Greeting::Tls(right())), ("ldap", &|| Greeting::StartTls(YES, right()))];
    for (scheme, greeting) in greetings {
        let (_, _, [service, person]) = ask(&authority, scheme, greeting).await;
        assert!(contains(&service.encrypted, SERVICE_PASSWORD), "{scheme}");
        assert!(contains(&person.encrypted, PERSON_PASSWORD), "{scheme}");
        assert!(!contains(&person.plain, PERSON_PASSWORD), "{scheme}");
    }
}

async fn refuses(fault: BadCertificate, authority: &Authority, identity: impl Fn() -> Identity) {
    let greetings: [(&str, &dyn Fn() -> Greeting); 2] =
        [("ldaps", &|| Greeting::Tls(identity())), ("ldap", &|| Greeting::StartTls(YES, identity()))];
    for (scheme, greeting) in greetings {
        let (connect, verdict, heard) = ask(authority, scheme, greeting).await;
        assert_eq!(
            (&connect, &verdict),
            (&Away::Certificate(fault.clone()), &Away::Certificate(fault.clone()))
        );
        for heard in heard {
            assert_eq!(heard.encrypted, b"", "{scheme}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn somebody_elses_authority_is_refused() {
    let (ours, theirs) = (Authority::create(), Authority::create());
    refuses(BadCertificate::UnknownIssuer, &ours, || Wanted::default().signed_by(&theirs)).await;
    refuses(BadCertificate::UnknownIssuer, &ours, || Wanted::default().self_signed()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn another_name_is_refused() {
    let authority = Authority::create();
    let fault = BadCertificate::OtherName(vec!["dc2.example.test".to_owned()]);
    let wanted = || Wanted { name: "dc2.example.test", ..Wanted::default() };
    refuses(fault, &authority, || wanted().signed_by(&authority)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn another_time_is_refused() {
    let authority = Authority::create();
    let in_years = |years| Wanted { years, ..Wanted::default() };
    refuses(BadCertificate::RunOut, &authority, || in_years((2019, 2020)).signed_by(&authority)).await;
    refuses(BadCertificate::NotYet, &authority, || in_years((2090, 2091)).signed_by(&authority)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_certificate_for_another_purpose_is_refused() {
    let authority = Authority::create();
    let wanted = || Wanted { purpose: ExtendedKeyUsagePurpose::ClientAuth, ..Wanted::default() };
    refuses(BadCertificate::Unusable, &authority, || wanted().signed_by(&authority)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn where_starttls_is_taken_away_nothing_follows_in_the_clear() {
    let authority = Authority::create();
    for answer in [PROTOCOL_ERROR, UNAVAILABLE] {
        let (connect, verdict, heard) = ask(&authority, "ldap", || Greeting::Nothing(answer)).await;
        assert_eq!((connect, verdict), (Away::NoTls, Away::NoTls));
        for heard in heard {
            assert_eq!(heard.plain.len(), 31, "more than the request for TLS: {:?}", heard.plain);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_answer_that_was_slipped_in_before_tls_is_nobodys() {
    let authority = Authority::create();
    let right = || Wanted::default().signed_by(&authority);
    let (connect, verdict, heard) =
        ask(&authority, "ldap", || Greeting::StartTls(YES_AND_MORE, right())).await;
    assert_eq!((connect, verdict), (Away::NoTls, Away::NoTls));
    for heard in heard {
        assert!(!contains(&heard.encrypted, "Passw0rd") && !contains(&heard.plain, "Passw0rd"));
    }
}
