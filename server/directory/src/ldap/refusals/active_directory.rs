//! Active Directory says why in the first eight characters of the text, a Win32 error in hexadecimal (MS-ERREF 2.2). What
//! follows differs between releases, languages and Samba, and so do result codes: Windows refuses a password with 19 or 53.

use super::{Answer, of_code};
use crate::outcome::Refusal;

/// Why an answer that is not a success is none.
pub(crate) fn refusal(answer: Answer<'_>) -> Refusal {
    match code(answer.text) {
        Some(PASSWORD_RESTRICTION) => rule(answer.text).unwrap_or(Refusal::Policy),
        Some(code) => of_win32(code).unwrap_or_else(|| of_code(answer.code)),
        None => of_code(answer.code),
    }
}

/// ERROR_PASSWORD_RESTRICTION: against the policy. Windows never says against which rule.
const PASSWORD_RESTRICTION: u32 = 0x52d;

fn of_win32(code: u32) -> Option<Refusal> {
    Some(match code {
        // ERROR_ACCESS_DENIED, ERROR_DS_INSUFF_ACCESS_RIGHTS
        0x5 | 0x2098 => Refusal::NoRight,
        // ERROR_GEN_FAILURE is the usual answer of Windows to a password over a connection that is not encrypted.
        // ERROR_DS_CONFIDENTIALITY_REQUIRED
        0x1f | 0x202d => Refusal::NotEncrypted,
        // ERROR_INVALID_PASSWORD, ERROR_WRONG_PASSWORD, ERROR_LOGON_FAILURE
        0x56 | 0x52b | 0x52e => Refusal::WrongOld,
        // ERROR_ILL_FORMED_PASSWORD
        0x52c => Refusal::Unfit,
        // ERROR_ACCOUNT_RESTRICTION
        0x52f => Refusal::NotByOwner,
        // ERROR_PASSWORD_EXPIRED
        0x532 => Refusal::Expired,
        // ERROR_ACCOUNT_DISABLED
        0x533 => Refusal::Disabled,
        // ERROR_ACCOUNT_EXPIRED
        0x701 => Refusal::Ended,
        // ERROR_PASSWORD_MUST_CHANGE
        0x773 => Refusal::MustChange,
        // ERROR_ACCOUNT_LOCKED_OUT
        0x775 => Refusal::Locked,
        // ERROR_DS_BUSY, ERROR_DS_UNAVAILABLE
        0x200e | 0x200f => Refusal::Busy,
        // ERROR_DS_REFERRAL
        0x202b => Refusal::Elsewhere,
        // ERROR_DS_NO_SUCH_OBJECT, ERROR_DS_OBJ_NOT_FOUND
        0x2030 | 0x208d => Refusal::Gone,
        _ => return None,
    })
}

/// The error in front of the text: exactly eight digits, and then something that is none.
fn code(text: &str) -> Option<u32> {
    let (digits, rest) = text.split_at_checked(8)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    if !is_hex || rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
}

/// A bonus that Samba alone gives, and may take away: which rule it was, in English. Windows has none of these texts.
fn rule(text: &str) -> Option<Refusal> {
    let (_, text) = text.split_once("check_password_restrictions: ")?;
    if text.contains("too short") {
        let digits = text.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty());
        return Some(Refusal::TooShort(digits.and_then(|digits| digits.parse().ok())));
    }
    [
        ("complexity criteria", Refusal::NotComplex),
        ("(previous password)", Refusal::Unchanged),
        ("(in history)", Refusal::InHistory),
        ("too young", Refusal::TooYoung),
    ]
    .into_iter()
    .find_map(|(part, refusal)| text.contains(part).then_some(refusal))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Result code, text, refusal: as Samba 4.17 and Windows answer.
    const TABLE: &[(u32, &str, Refusal)] = &[
        (
            19,
            "0000052D: Constraint violation - check_password_restrictions: the password is too short. It should be equal \
             or longer than 8 characters!",
            Refusal::TooShort(Some(8)),
        ),
        (
            19,
            "0000052D: Constraint violation - check_password_restrictions: the password is too short. It should be equal \
             or longer than 14 characters!",
            Refusal::TooShort(Some(14)),
        ),
        (
            19,
            "0000052D: Constraint violation - check_password_restrictions: the password does not meet the complexity \
             criteria!",
            Refusal::NotComplex,
        ),
        (
            19,
            "0000052D: Constraint violation - check_password_restrictions: the password was already used (previous \
             password)!",
            Refusal::Unchanged,
        ),
        (
            19,
            "0000052D: Constraint violation - check_password_restrictions: the password was already used (in history)!",
            Refusal::InHistory,
        ),
        (
            19,
            "0000052D: Constraint violation - check_password_restrictions: password is too young to change!",
            Refusal::TooYoung,
        ),
        (
            19,
            "0000052D: AtrErr: DSID-03191083, #1:\n\t0: 0000052D: DSID-03191083, problem 1005 (CONSTRAINT_ATT_TYPE), \
             data 0, Att 9005a (unicodePwd)",
            Refusal::Policy,
        ),
        (53, "0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0\n", Refusal::Policy),
        (
            19,
            "00000056: Constraint violation - check_password_restrictions: The old password specified doesn't match!",
            Refusal::WrongOld,
        ),
        (
            19,
            "00000056: AtrErr: DSID-03191083, #1:\n\t0: 00000056: DSID-03191083, problem 1005 (CONSTRAINT_ATT_TYPE)",
            Refusal::WrongOld,
        ),
        (
            19,
            "00000775: Password change not permitted, account locked out! at \
             ../../source4/dsdb/samdb/ldb_modules/password_hash.c:3929:setup_io",
            Refusal::Locked,
        ),
        (53, "00000775: SvcErr: DSID-031A1248, problem 5003 (WILL_NOT_PERFORM), data 0", Refusal::Locked),
        (
            53,
            "0000001F: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0",
            Refusal::NotEncrypted,
        ),
        (
            53,
            "00002035: setup_io: it's not allowed to set the NT hash password directly'",
            Refusal::Other(53),
        ),
        (
            50,
            "00002098: Object CN=Alice Example,OU=Staff,DC=corp,DC=example,DC=test has no write property access\n",
            Refusal::NoRight,
        ),
        (50, "error in module acl: insufficient access rights during LDB_MODIFY (50)", Refusal::NoRight),
        (
            50,
            "00000005: SecErr: DSID-031A1190, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0",
            Refusal::NoRight,
        ),
        (12, "", Refusal::Unsupported),
        (10, "0000202B: RefErr: DSID-0310084A, data 0, 1 access points", Refusal::Elsewhere),
        (
            32,
            "0000208D: NameErr: DSID-03100241, problem 2001 (NO_OBJECT), data 0, best match of:",
            Refusal::Gone,
        ),
        (51, "0000200E: SvcErr: DSID-020806EE, problem 5001 (BUSY), data -1018", Refusal::Busy),
        (8, "BindSimple: Transport encryption required.", Refusal::NotEncrypted),
        (53, "", Refusal::Other(53)),
    ];

    #[test]
    fn each_answer_has_its_refusal() {
        for (code, text, expected) in TABLE {
            let answer = Answer { code: *code, text, policy: None };
            assert_eq!(refusal(answer), *expected, "{code} {text}");
        }
    }

    #[test]
    fn the_error_counts_and_not_the_result_code() {
        for code in [1, 19, 53, 80] {
            let answer = Answer { code, text: "0000052D: wie auch immer", policy: None };
            assert_eq!(refusal(answer), Refusal::Policy);
        }
    }

    #[test]
    fn a_code_has_eight_digits_at_the_beginning() {
        for text in ["52D: no", " 0000052D: no", "0000052D0: no", "0000052", "no 0000052D:", "0000052é:"] {
            assert_eq!(code(text), None, "{text}");
        }
        assert_eq!(code("0000052d"), Some(PASSWORD_RESTRICTION));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "([0-9A-Fa-f]{8}:)?.{0,40}", code in any::<u32>()) {
            let _ = refusal(Answer { code, text: &text, policy: None });
        }
    }
}
