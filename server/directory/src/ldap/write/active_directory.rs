//! Active Directory: the password is `unicodePwd` (MS-ADTS 3.1.1.3.1.5), in quotation marks and UTF-16.

use std::collections::HashSet;

use ldap3::Mod;
use regain_core::secret::Secret;
use zeroize::Zeroizing;

use super::{Done, SetOptions, replace};
use crate::ldap::controls;
use crate::ldap::session::Session;
use crate::outcome::{Failure, Refusal};
use crate::person::Person;

const PASSWORD: &str = "unicodePwd";
const LOCKED: &str = "lockoutTime";
const LAST_SET: &str = "pwdLastSet";
/// Characters of UTF-16: more than that Windows does not store (MS-SAMR 2.2.6.21).
const LONGEST: usize = 256;

/// In one modification, so that nobody is left with a new password and a locked account.
pub(super) async fn set(
    session: &Session,
    person: &Person,
    new: &Secret,
    options: SetOptions,
) -> Result<Done, Failure> {
    let mut changes = vec![replace(PASSWORD, quoted(new)?), replace(LOCKED, "0")];
    if options.must_change {
        changes.push(replace(LAST_SET, "0"));
    }
    let root = session.read_root().await?;
    let hints = controls::policy_hints(|oid| root.knows_control(oid));
    session.modify(&person.dn, changes, hints.into_iter().collect()).await?;
    Ok(Done::default())
}

/// On the service account’s connection: whoever must change the password cannot sign in to do it. The old one is judged by
/// the domain controller, and counted.
pub(super) async fn change(
    session: &Session,
    person: &Person,
    old: &Secret,
    new: &Secret,
) -> Result<Done, Failure> {
    let old = quoted(old).map_err(|_| Failure::Refused(Refusal::WrongOld))?;
    let changes = vec![
        Mod::Delete(PASSWORD.into(), HashSet::from([old])),
        Mod::Add(PASSWORD.into(), HashSet::from([quoted(new)?])),
    ];
    session.modify(&person.dn, changes, Vec::new()).await?;
    Ok(Done::default())
}

pub(super) fn unlock() -> Vec<Mod<Vec<u8>>> {
    vec![replace(LOCKED, "0")]
}

/// -1: now (MS-SAMR 3.1.1.8.8).
pub(super) fn clear_must_change() -> Vec<Mod<Vec<u8>>> {
    vec![replace(LAST_SET, "-1")]
}

fn quoted(password: &Secret) -> Result<Vec<u8>, Failure> {
    let units = Zeroizing::new(password.expose().encode_utf16().collect::<Vec<u16>>());
    if units.len() > LONGEST {
        return Err(Failure::Refused(Refusal::TooLong));
    }
    let mark = [u16::from(b'"')];
    Ok(mark.iter().chain(units.iter()).chain(&mark).flat_map(|unit| unit.to_le_bytes()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_password_is_quoted_utf_16() {
        assert_eq!(quoted(&Secret::from("aé")).unwrap(), [b'"', 0, b'a', 0, 0xe9, 0, b'"', 0]);
        assert_eq!(quoted(&Secret::from("\u{1f600}")).unwrap(), [b'"', 0, 0x3d, 0xd8, 0, 0xde, b'"', 0]);
        assert!(quoted(&Secret::from("a".repeat(256))).is_ok());
        let too_long = Failure::Refused(Refusal::TooLong);
        assert_eq!(quoted(&Secret::from("\u{1f600}".repeat(129))), Err(too_long));
    }

    proptest! {
        #[test]
        fn every_password_comes_back(password in ".{0,60}") {
            let bytes = quoted(&Secret::from(password.as_str())).unwrap();
            let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
            prop_assert_eq!(String::from_utf16(&units).unwrap(), format!("\"{password}\""));
        }
    }
}
