//! What is sent when something is written, to the byte, and what is not sent.

use super::answers::{alice, domain, openldap};
use super::{Answer, EXTENDED, MODIFY, Question, count, only, session};
use crate::kind::Kind;
use crate::outcome::{Failure, Refusal};
use crate::{Done, Missing, SetOptions};
use regain_core::secret::Secret;

const NEW: &str = "New#Pw2026";
const HINTS: &str = "1.2.840.113556.1.4.2239";

fn quoted(password: &str) -> Vec<u8> {
    format!("\"{password}\"").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Says yes to everything that is no search.
fn yes(question: &Question) -> Answer {
    question.result(0, "")
}

#[tokio::test]
async fn a_reset_opens_the_account_in_the_same_modification() {
    let (session, log) =
        session(Kind::ActiveDirectory, |q| domain(q, &[], &[]).unwrap_or_else(|| yes(q))).await;
    let person = alice(&session).await;
    let done = session.set_password(&person, &Secret::from(NEW), SetOptions { must_change: true }).await;
    assert_eq!(done, Ok(Done::default()));
    let sent = only(&log, MODIFY);
    for part in [&b"CN=alice,DC=corp"[..], b"unicodePwd", &quoted(NEW), b"lockoutTime", b"pwdLastSet"] {
        assert!(sent.has(part), "{part:?}");
    }
    assert!(!sent.has(HINTS));
}

#[tokio::test]
async fn policy_hints_are_sent_as_critical_where_the_server_lists_them() {
    let answer = |q: &Question| domain(q, &[], &[HINTS]).unwrap_or_else(|| yes(q));
    let (session, log) = session(Kind::ActiveDirectory, answer).await;
    let person = alice(&session).await;
    session.set_password(&person, &Secret::from(NEW), SetOptions::default()).await.unwrap();
    let sent = only(&log, MODIFY);
    // SEQUENCE { OID, critical, SEQUENCE { INTEGER 1 } }
    let control =
        [b"\x30\x23\x04\x17", HINTS.as_bytes(), b"\x01\x01\xff\x04\x05\x30\x03\x02\x01\x01"].concat();
    assert!(sent.has(&control) && !sent.has("pwdLastSet"));
}

#[tokio::test]
async fn a_change_deletes_the_old_password_and_adds_the_new_one() {
    let (session, log) =
        session(Kind::ActiveDirectory, |q| domain(q, &[], &[HINTS]).unwrap_or_else(|| yes(q))).await;
    let person = alice(&session).await;
    session.change_password(&person, &Secret::from("Old"), &Secret::from(NEW)).await.unwrap();
    let sent = only(&log, MODIFY);
    // `delete` is 1, `add` is 0 (RFC 4511, 4.6), and they come in this order.
    let old = sent.bytes.windows(3).position(|bytes| bytes == [0x0a, 1, 1]);
    let new = sent.bytes.windows(3).position(|bytes| bytes == [0x0a, 1, 0]);
    assert!(old.is_some() && old < new);
    assert!(sent.has(quoted("Old")) && sent.has(quoted(NEW)) && !sent.has(HINTS) && !sent.has("lockoutTime"));
}

#[tokio::test]
async fn whoever_may_not_be_written_to_is_not() {
    let cases: [(&[(&str, &[u8])], Refusal); 4] = [
        (&[("adminCount", b"1")], Refusal::Protected),
        (&[("primaryGroupID", b"512")], Refusal::Protected),
        (&[("accountExpires", b"130000000000000000")], Refusal::Ended),
        (&[("userAccountControl", b"514")], Refusal::Disabled),
    ];
    for (values, refusal) in cases {
        let answer = move |q: &Question| domain(q, values, &[]).unwrap_or_else(|| yes(q));
        let (session, log) = session(Kind::ActiveDirectory, answer).await;
        let person = alice(&session).await;
        let expected = Err(Failure::Refused(refusal));
        let new = Secret::from(NEW);
        assert_eq!(session.set_password(&person, &new, SetOptions::default()).await, expected);
        assert_eq!(session.change_password(&person, &Secret::from("Old"), &new).await, expected);
        assert_eq!(session.unlock(&person).await.map(|()| Done::default()), expected);
        assert_eq!(count(&log, MODIFY), 0);
    }
}

#[tokio::test]
async fn what_no_directory_should_take_is_not_sent() {
    let (session, log) =
        session(Kind::ActiveDirectory, |q| domain(q, &[], &[]).unwrap_or_else(|| yes(q))).await;
    let person = alice(&session).await;
    for (new, refusal) in
        [("Judge#\0Pw", Refusal::Unfit), ("", Refusal::TooShort(None)), (&"a".repeat(257), Refusal::TooLong)]
    {
        let done = session.set_password(&person, &Secret::from(new), SetOptions::default()).await;
        assert_eq!(done, Err(Failure::Refused(refusal)));
    }
    for old in ["", "a\0b"] {
        let done = session.change_password(&person, &Secret::from(old), &Secret::from(NEW)).await;
        assert_eq!(done, Err(Failure::Refused(Refusal::WrongOld)));
    }
    assert_eq!(count(&log, MODIFY), 0);
}

#[tokio::test]
async fn a_mark_that_the_server_set_by_itself_is_taken_back() {
    let answer = |q: &Question| openldap(q, &[("pwdReset", b"TRUE")]).unwrap_or_else(|| yes(q));
    let (session, log) = session(Kind::OpenLdap, answer).await;
    let person = alice(&session).await;
    let done = session.set_password(&person, &Secret::from(NEW), SetOptions::default()).await;
    assert_eq!(done, Ok(Done::default()));
    assert!(only(&log, EXTENDED).has("1.3.6.1.4.1.4203.1.11.1") && only(&log, EXTENDED).has(NEW));
    // `replace` of `pwdReset` by nothing.
    assert!(only(&log, MODIFY).has(b"\x0a\x01\x02\x30\x0c\x04\x08pwdReset\x31\x00"));
}

#[tokio::test]
async fn a_mark_that_the_server_did_not_set_is_set() {
    let (session, log) = session(Kind::OpenLdap, |q| openldap(q, &[]).unwrap_or_else(|| yes(q))).await;
    let person = alice(&session).await;
    let done = session.set_password(&person, &Secret::from(NEW), SetOptions { must_change: true }).await;
    assert_eq!(done, Ok(Done::default()));
    assert!(only(&log, MODIFY).has(b"\x04\x08pwdReset\x31\x06\x04\x04TRUE"));
}

#[tokio::test]
async fn what_was_not_done_beside_the_password_is_said() {
    let answer = |q: &Question| {
        let locked = &[("pwdAccountLockedTime", &b"20251231235959Z"[..])];
        openldap(q, locked).unwrap_or_else(|| if q.tag == EXTENDED { yes(q) } else { q.result(50, "") })
    };
    let (session, log) = session(Kind::OpenLdap, answer).await;
    let person = alice(&session).await;
    let done = session.set_password(&person, &Secret::from(NEW), SetOptions { must_change: true }).await;
    assert_eq!(done, Ok(Done { missing: vec![Missing::Unlock, Missing::MustChange] }));
    assert_eq!((count(&log, EXTENDED), count(&log, MODIFY)), (1, 2));
}
