//! Directories with the password policy control, in which the reason stands. Without it the result code decides, and where
//! that means several things, a word that the server's own source has, not a translation.

use super::{Answer, CONSTRAINT_VIOLATION, INVALID_CREDENTIALS, UNWILLING_TO_PERFORM, of_code};
use crate::ldap::ppolicy::PolicyError;
use crate::outcome::Refusal;

/// Why an answer that is not a success is none.
pub(crate) fn refusal(answer: Answer<'_>) -> Refusal {
    if let Some(error) = answer.policy {
        return of_error(error);
    }
    match answer.code {
        // 389 Directory Server: the old password that came with the new one.
        INVALID_CREDENTIALS => Refusal::WrongOld,
        CONSTRAINT_VIOLATION if answer.text.contains("retry limit") => Refusal::Locked,
        UNWILLING_TO_PERFORM => unwilling(answer.text),
        code => of_code(code),
    }
}

const fn of_error(error: PolicyError) -> Refusal {
    match error {
        PolicyError::Expired => Refusal::Expired,
        PolicyError::Locked => Refusal::Locked,
        PolicyError::MustChange => Refusal::MustChange,
        PolicyError::NotAllowed => Refusal::NotByOwner,
        // `pwdSafeModify`: nobody sets a password without the old one.
        PolicyError::OldMissing => Refusal::NoRight,
        PolicyError::Quality => Refusal::NotComplex,
        PolicyError::TooShort => Refusal::TooShort(None),
        PolicyError::TooYoung => Refusal::TooYoung,
        PolicyError::InHistory => Refusal::InHistory,
        PolicyError::TooLong => Refusal::TooLong,
    }
}

/// *Unwilling* is what servers answer when nothing else fits.
fn unwilling(text: &str) -> Refusal {
    [
        ("verify old password", Refusal::WrongOld),
        ("operation restricted", Refusal::ReadOnly),
        ("shadow context", Refusal::ReadOnly),
        ("read-only", Refusal::ReadOnly),
        ("inactivated", Refusal::Disabled),
    ]
    .into_iter()
    .find_map(|(part, refusal)| text.contains(part).then_some(refusal))
    .unwrap_or(Refusal::Other(UNWILLING_TO_PERFORM))
}

#[cfg(test)]
mod tests {
    use super::*;
    use PolicyError as P;

    /// Result code, text, error of the control, refusal: as OpenLDAP 2.5 and 389 Directory Server 2.3 answer.
    const TABLE: &[(u32, &str, Option<PolicyError>, Refusal)] = &[
        (19, "Password fails quality checking policy", Some(P::TooShort), Refusal::TooShort(None)),
        (19, "contains a banned word", Some(P::Quality), Refusal::NotComplex),
        (19, "Password is in history of old passwords", Some(P::InHistory), Refusal::InHistory),
        (19, "Password is too young to change", Some(P::TooYoung), Refusal::TooYoung),
        (19, "", Some(P::TooLong), Refusal::TooLong),
        (50, "User alteration of password is not allowed", Some(P::NotAllowed), Refusal::NotByOwner),
        (50, "Must supply old password", Some(P::OldMissing), Refusal::NoRight),
        (50, "Operations are restricted to bind/unbind/…", Some(P::MustChange), Refusal::MustChange),
        (53, "unwilling to verify old password", None, Refusal::WrongOld),
        (53, "operation restricted", None, Refusal::ReadOnly),
        (53, "shadow context; no update referral", None, Refusal::ReadOnly),
        (49, "Invalid oldPasswd value.", None, Refusal::WrongOld),
        (19, "Failed to update password", Some(P::Quality), Refusal::NotComplex),
        (19, "Failed to update password", Some(P::InHistory), Refusal::InHistory),
        (19, "Failed to update password", None, Refusal::Policy),
        (
            19,
            "Exceed password retry limit. Contact system administrator to reset.",
            Some(P::Locked),
            Refusal::Locked,
        ),
        (19, "Exceed password retry limit. Please try later.", None, Refusal::Locked),
        (53, "Account inactivated. Contact system administrator.", None, Refusal::Disabled),
        (53, "Server is read-only", None, Refusal::ReadOnly),
        (53, "", None, Refusal::Other(53)),
        (13, "confidentiality required", None, Refusal::NotEncrypted),
        (2, "unsupported extended operation", None, Refusal::Unsupported),
        (50, "", None, Refusal::NoRight),
        (32, "", None, Refusal::Gone),
        (10, "", None, Refusal::Elsewhere),
        (51, "", None, Refusal::Busy),
        (11, "", None, Refusal::Busy),
        (80, "", None, Refusal::Other(80)),
    ];

    #[test]
    fn each_answer_has_its_refusal() {
        for (code, text, policy, expected) in TABLE {
            assert_eq!(refusal(Answer { code: *code, text, policy: *policy }), *expected, "{code} {text}");
        }
    }
}
