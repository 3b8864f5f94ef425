//! What an honest server would say: a domain controller with one person, and an OpenLDAP with one.

use super::{Answer, Question, SEARCH};
use crate::person::Person;
use crate::{Found, Session};

const GUID: [u8; 16] = [7; 16];

/// The head of a domain whose only person is called alice; `person` changes what her entry says, `controls` is what the
/// server says that it knows. `None`: it is no search.
pub(super) fn domain(question: &Question, person: &[(&str, &[u8])], controls: &[&str]) -> Option<Answer> {
    if question.tag != SEARCH {
        return None;
    }
    let known: Vec<_> = controls.iter().map(|oid| ("supportedControl", oid.as_bytes())).collect();
    let root =
        [vec![("defaultNamingContext", &b"DC=corp"[..]), ("namingContexts", b"DC=corp")], known].concat();
    let alice: &[(&str, &[u8])] = &[
        ("objectGUID", &GUID),
        ("sAMAccountName", b"alice"),
        ("userAccountControl", b"512"),
        ("msDS-User-Account-Control-Computed", b"0"),
    ];
    let alice = [alice, person].concat();
    Some(if question.has("supportedControl") {
        question.found(&[("", &root)])
    } else if question.has("minPwdLength") {
        question.found(&[("DC=corp", &[("minPwdLength", b"8"), ("lockoutThreshold", b"3")])])
    } else if question.has("userAccountControl") {
        question.found(&[("CN=alice,DC=corp", &alice)])
    } else {
        question.found(&[])
    })
}

/// An OpenLDAP whose only person is called alice.
pub(super) fn openldap(question: &Question, person: &[(&str, &[u8])]) -> Option<Answer> {
    if question.tag != SEARCH {
        return None;
    }
    let alice = [&[("entryUUID", &b"7-7"[..]), ("uid", b"alice")], person].concat();
    Some(if question.has("supportedControl") {
        question.found(&[("", &[("namingContexts", b"DC=corp")])])
    } else if question.has("entryUUID") {
        question.found(&[("uid=alice,DC=corp", &alice)])
    } else {
        question.result(32, "")
    })
}

/// Finds alice.
pub(super) async fn alice(session: &Session) -> Person {
    match session.find("alice").await.unwrap() {
        Found::One(person) => person,
        other => panic!("{other:?}"),
    }
}
