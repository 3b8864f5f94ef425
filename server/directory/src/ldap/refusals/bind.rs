//! What the answer to a bind says about the password.

use super::{
    Answer, CONFIDENTIALITY_REQUIRED, CONSTRAINT_VIOLATION, INVALID_CREDENTIALS, STRONGER_AUTH_REQUIRED,
    SUCCESS, is_unwell,
};
use crate::kind::Kind;
use crate::ldap::ppolicy::PolicyError;
use crate::outcome::{Away, BindVerdict};

/// The verdict; an error where the server judged nothing.
pub(crate) fn verdict(kind: Kind, answer: Answer<'_>) -> Result<BindVerdict, Away> {
    if is_unwell(answer.code) {
        return Err(Away::Busy);
    }
    if matches!(answer.code, STRONGER_AUTH_REQUIRED | CONFIDENTIALITY_REQUIRED) {
        return Err(Away::NoTls);
    }
    Ok(if kind == Kind::ActiveDirectory { active_directory(answer) } else { with_control(answer) })
}

/// Windows says more behind the word *data*, and only where the password was right; but for *locked*, of which the password
/// was not looked at.
fn active_directory(answer: Answer<'_>) -> BindVerdict {
    match answer.code {
        SUCCESS => BindVerdict::Right,
        INVALID_CREDENTIALS => match data(answer.text) {
            Some(0x532) => BindVerdict::Expired,
            Some(0x533) => BindVerdict::Disabled,
            Some(0x701) => BindVerdict::Ended,
            Some(0x773) => BindVerdict::MustChange,
            Some(0x775) => BindVerdict::Locked,
            _ => BindVerdict::Wrong,
        },
        _ => BindVerdict::Wrong,
    }
}

/// `… comment: AcceptSecurityContext error, data 52e, v1db1`
fn data(text: &str) -> Option<u32> {
    let (_, rest) = text.split_once(", data ")?;
    let digits = rest.split(|c: char| !c.is_ascii_hexdigit()).next()?;
    u32::from_str_radix(digits, 16).ok()
}

/// OpenLDAP and 389 Directory Server tell by the control. 389 says *locked* with 19, and refuses an account that is turned
/// off with 53.
fn with_control(answer: Answer<'_>) -> BindVerdict {
    match (answer.code, answer.policy) {
        (SUCCESS, Some(PolicyError::MustChange)) => BindVerdict::MustChange,
        (SUCCESS | INVALID_CREDENTIALS, Some(PolicyError::Expired)) => BindVerdict::Expired,
        (SUCCESS, _) => BindVerdict::Right,
        (_, Some(PolicyError::Locked)) => BindVerdict::Locked,
        (CONSTRAINT_VIOLATION, _) if answer.text.contains("retry limit") => BindVerdict::Locked,
        // Of an account that is turned off nothing is said about the password.
        _ if answer.text.contains("inactivated") => BindVerdict::Locked,
        _ => BindVerdict::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use BindVerdict as V;
    use PolicyError as P;

    fn windows(data: &str) -> String {
        format!("80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data {data}, v1db1")
    }

    #[test]
    fn windows_tells_by_its_sub_code() {
        let cases = [
            ("52e", V::Wrong),
            ("525", V::Wrong),
            ("530", V::Wrong),
            ("531", V::Wrong),
            ("532", V::Expired),
            ("533", V::Disabled),
            ("701", V::Ended),
            ("773", V::MustChange),
            ("775", V::Locked),
            ("", V::Wrong),
            ("zzz", V::Wrong),
        ];
        for (data, expected) in cases {
            let text = windows(data);
            let answer = Answer { code: 49, text: &text, policy: None };
            assert_eq!(verdict(Kind::ActiveDirectory, answer), Ok(expected), "{data}");
        }
        let text = windows("773").replace("80090308", "8009030C");
        let answer = Answer { code: 49, text: &text, policy: None };
        assert_eq!(verdict(Kind::ActiveDirectory, answer), Ok(V::MustChange));
        let right = Answer { code: 0, text: "", policy: None };
        assert_eq!(verdict(Kind::ActiveDirectory, right), Ok(V::Right));
    }

    #[test]
    fn a_sub_code_beside_another_result_means_nothing() {
        let text = windows("773");
        let answer = Answer { code: 53, text: &text, policy: None };
        assert_eq!(verdict(Kind::ActiveDirectory, answer), Ok(V::Wrong));
    }

    #[test]
    fn the_others_tell_by_the_control() {
        let cases = [
            (0, "", None, V::Right),
            (0, "", Some(P::MustChange), V::MustChange),
            (49, "", None, V::Wrong),
            (49, "", Some(P::Expired), V::Expired),
            (49, "", Some(P::Locked), V::Locked),
            (
                19,
                "Exceed password retry limit. Contact system administrator to reset.",
                Some(P::Locked),
                V::Locked,
            ),
            (19, "Exceed password retry limit. Please try later.", None, V::Locked),
            (53, "Account inactivated. Contact system administrator.", None, V::Locked),
            (48, "", None, V::Wrong),
            (32, "", None, V::Wrong),
            (10, "", None, V::Wrong),
            // An error that belongs to something else does not make a wrong password right.
            (49, "", Some(P::MustChange), V::Wrong),
        ];
        for (code, text, policy, expected) in cases {
            let answer = Answer { code, text, policy };
            assert_eq!(verdict(Kind::OpenLdap, answer), Ok(expected), "{code} {text}");
        }
    }

    #[test]
    fn a_server_that_is_unwell_judges_nothing() {
        for kind in Kind::ALL {
            for code in [1, 3, 11, 51, 52, 80] {
                assert_eq!(verdict(kind, Answer { code, text: "", policy: None }), Err(Away::Busy));
            }
            assert_eq!(verdict(kind, Answer { code: 13, text: "", policy: None }), Err(Away::NoTls));
        }
    }
}
