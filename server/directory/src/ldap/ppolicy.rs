//! The password policy control (draft-behera-ldap-password-policy-10, 6): what a server says about a password beside the
//! result code.

use ldap3::controls::{Control, RawControl};

use super::ber::{self, Reader, SEQUENCE};

/// The same OID for request and answer.
const OID: &str = "1.3.6.1.4.1.42.2.27.8.5.1";
const WARNING: u8 = 0xa0;
const ERROR: u8 = 0x81;

/// An `error` of the control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PolicyError {
    /// The password has run out, and no sign-in is left.
    Expired,
    /// The account is locked.
    Locked,
    /// The password must be changed before anything else.
    MustChange,
    /// The owner may not change it.
    NotAllowed,
    /// The old password must come with the new one.
    OldMissing,
    /// Refused by its quality.
    Quality,
    /// Too short.
    TooShort,
    /// The present one is too young.
    TooYoung,
    /// It was used before.
    InHistory,
    /// Too long: OpenLDAP since 2.5.
    TooLong,
}

/// Asks for the answer. Not critical: a server that does not know it leaves it out.
pub(crate) fn request() -> RawControl {
    RawControl { ctype: OID.to_owned(), crit: false, val: None }
}

/// What the server says; `None`: nothing, or nothing that can be read.
pub(crate) fn error(controls: &[Control]) -> Option<PolicyError> {
    let value = controls.iter().find(|control| control.1.ctype == OID)?.1.val.as_ref()?;
    parse(value)
}

/// `PasswordPolicyResponseValue ::= SEQUENCE { warning [0] CHOICE …, error [1] ENUMERATED … }`, both optional.
fn parse(value: &[u8]) -> Option<PolicyError> {
    let mut fields = Reader::new(value).inside(SEQUENCE)?;
    if fields.peek() == Some(WARNING) {
        fields.any()?;
    }
    let error = fields.expect(ERROR).and_then(ber::number)?;
    Some(match error {
        0 => PolicyError::Expired,
        1 => PolicyError::Locked,
        2 => PolicyError::MustChange,
        3 => PolicyError::NotAllowed,
        4 => PolicyError::OldMissing,
        5 => PolicyError::Quality,
        6 => PolicyError::TooShort,
        7 => PolicyError::TooYoung,
        8 => PolicyError::InHistory,
        9 => PolicyError::TooLong,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn answer(value: Option<&[u8]>) -> Vec<Control> {
        let raw = RawControl { ctype: OID.to_owned(), crit: false, val: value.map(<[u8]>::to_vec) };
        let other =
            RawControl { ctype: "1.2.3".to_owned(), crit: false, val: Some(vec![0x30, 0x03, 0x81, 1, 1]) };
        vec![Control(None, other), Control(None, raw)]
    }

    #[test]
    fn the_error_is_read_behind_any_warning() {
        assert_eq!(error(&answer(Some(b"\x30\x03\x81\x01\x06"))), Some(PolicyError::TooShort));
        assert_eq!(
            error(&answer(Some(b"\x30\x08\xa0\x03\x80\x01\x3c\x81\x01\x02"))),
            Some(PolicyError::MustChange)
        );
        assert_eq!(error(&answer(Some(b"\x30\x03\x81\x01\x00"))), Some(PolicyError::Expired));
    }

    #[test]
    fn no_error_and_nonsense_are_the_same() {
        let cases: [Option<&[u8]>; 6] = [
            None,
            Some(b""),
            Some(b"\x30\x00"),
            Some(b"\x30\x05\xa0\x03\x81\x01\x02"),
            Some(b"\x30\x03\x81\x01\x63"),
            Some(b"\x31\x03\x81\x01\x06"),
        ];
        for value in cases {
            assert_eq!(error(&answer(value)), None, "{value:?}");
        }
        assert_eq!(error(&[]), None);
    }

    proptest! {
        #[test]
        fn nothing_panics(value in prop::collection::vec(any::<u8>(), 0..32)) {
            let _ = parse(&value);
        }
    }
}
