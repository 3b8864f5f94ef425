//! Answers that do not come, or are no answers.

use super::answers::{alice, domain, openldap};
use super::{Answer, EXTENDED, MODIFY, Question, SEARCH, count, session};
use crate::kind::Kind;
use crate::outcome::{Away, Failure, Refusal};
use crate::{Found, SetOptions};
use regain_core::secret::Secret;

const NEW: &str = "New#Pw2026";

#[tokio::test]
async fn a_write_without_an_answer_is_unknown_and_never_repeated() {
    for hangs_up in [false, true] {
        let answer = move |q: &Question| {
            let silence = || if hangs_up { Answer::HangsUp } else { Answer::Freezes };
            domain(q, &[], &[]).unwrap_or_else(silence)
        };
        let (session, log) = session(Kind::ActiveDirectory, answer).await;
        let person = alice(&session).await;
        let done = session.set_password(&person, &Secret::from(NEW), SetOptions::default()).await;
        assert_eq!(done, Err(Failure::Unknown));
        // The connection is not used again: a late answer must not become that of another question.
        let away = if hangs_up { Away::Garbled } else { Away::Silent };
        assert_eq!(session.unlock(&person).await, Err(Failure::Away(away)));
        assert_eq!(count(&log, MODIFY), 1);
    }
}

#[tokio::test]
async fn the_same_holds_for_the_operation_of_rfc_3062() {
    let (session, log) = session(Kind::OpenLdap, |q| openldap(q, &[]).unwrap_or(Answer::Freezes)).await;
    let person = alice(&session).await;
    let done = session.set_password(&person, &Secret::from(NEW), SetOptions::default()).await;
    assert_eq!(done, Err(Failure::Unknown));
    assert_eq!(count(&log, EXTENDED), 1);
}

#[tokio::test]
async fn a_question_without_an_answer_changed_nothing() {
    let (session, log) = session(Kind::ActiveDirectory, |_| Answer::Freezes).await;
    assert_eq!(session.find("alice").await, Err(Failure::Away(Away::Silent)));
    assert_eq!(session.find("alice").await, Err(Failure::Away(Away::Silent)));
    assert_eq!(count(&log, SEARCH), 1);
}

#[tokio::test]
async fn nonsense_is_no_answer() {
    let nonsense: [&[u8]; 4] =
        [b"HTTP/1.1 200 OK\r\n\r\n", b"\x30\x84\x7f\xff\xff\xff", b"\x30\x03\x02\x01\x01", b"\xff"];
    for bytes in nonsense {
        let (session, _) = session(Kind::ActiveDirectory, |_| Answer::Says(bytes.to_vec())).await;
        assert_eq!(session.find("alice").await, Err(Failure::Away(Away::Garbled)));
    }
}

#[tokio::test]
async fn nobody_follows_a_referral() {
    let answer =
        |q: &Question| domain(q, &[], &[]).unwrap_or_else(|| q.referral("ldaps://127.0.0.1:9/CN=alice"));
    let (session, log) = session(Kind::ActiveDirectory, answer).await;
    let person = alice(&session).await;
    assert_eq!(session.unlock(&person).await, Err(Failure::Refused(Refusal::Elsewhere)));
    assert_eq!(count(&log, MODIFY), 1);
}

#[tokio::test]
async fn who_rules_is_asked_once_a_minute() {
    let (session, log) =
        session(Kind::ActiveDirectory, |q| domain(q, &[], &[]).unwrap_or(Answer::HangsUp)).await;
    alice(&session).await;
    let first = count(&log, SEARCH);
    alice(&session).await;
    // The person, and what stands in the place of a policy.
    assert_eq!(count(&log, SEARCH), first + 2);
}

#[tokio::test]
async fn two_who_fit_are_nobody() {
    let answer = |q: &Question| {
        if q.has("entryUUID") && q.tag == SEARCH {
            let entry: &[(&str, &[u8])] = &[("entryUUID", b"1"), ("uid", b"alice")];
            q.found(&[("uid=alice,ou=a,DC=corp", entry), ("uid=alice,ou=b,DC=corp", entry)])
        } else {
            openldap(q, &[]).unwrap_or(Answer::HangsUp)
        }
    };
    let (session, _) = session(Kind::OpenLdap, answer).await;
    assert_eq!(session.find("alice").await, Ok(Found::Several));
}

#[tokio::test]
async fn whoever_is_gone_is_not_written_to_under_their_old_name() {
    let mut asked = 0;
    let answer = move |q: &Question| {
        if q.tag == SEARCH && q.has("entryUUID") {
            asked += 1;
            if asked > 1 {
                return q.found(&[]);
            }
        }
        openldap(q, &[]).unwrap_or(Answer::HangsUp)
    };
    let (session, log) = session(Kind::OpenLdap, answer).await;
    let person = alice(&session).await;
    let done = session.set_password(&person, &Secret::from(NEW), SetOptions::default()).await;
    assert_eq!(done, Err(Failure::Refused(Refusal::Gone)));
    assert_eq!(count(&log, EXTENDED), 0);
}

#[tokio::test]
async fn every_name_costs_the_same_questions() {
    let nobody = |q: &Question| {
        if q.has("userAccountControl") {
            q.found(&[])
        } else {
            domain(q, &[], &[]).unwrap_or(Answer::HangsUp)
        }
    };
    let (unknown, asked_for_nobody) = session(Kind::ActiveDirectory, nobody).await;
    assert_eq!(unknown.find("mallory").await, Ok(Found::None));
    let (known, asked_for_alice) =
        session(Kind::ActiveDirectory, |q| domain(q, &[], &[]).unwrap_or(Answer::HangsUp)).await;
    alice(&known).await;
    let policy: &[(&str, &[u8])] = &[("msDS-ResultantPSO", b"CN=vip,DC=corp")];
    let (ruled, asked_for_policy) =
        session(Kind::ActiveDirectory, move |q| domain(q, policy, &[]).unwrap_or(Answer::HangsUp)).await;
    alice(&ruled).await;
    let counts = [&asked_for_nobody, &asked_for_alice, &asked_for_policy].map(|log| count(log, SEARCH));
    assert_eq!(counts, [counts[0]; 3]);
}
