//! FreeIPA: `krbPwdPolicy` entries below the realm.

use super::{only, seconds, some};
use crate::ldap::connection::Connection;
use crate::ldap::entry::Entry;
use crate::outcome::Failure;
use crate::rules::{Lockout, Rules, Source};

pub(super) const ATTRIBUTES: &[&str] = &[
    "krbPwdMinLength",
    "krbPwdMinDiffChars",
    "krbPwdHistoryLength",
    "krbMinPwdLife",
    "krbMaxPwdLife",
    "krbPwdMaxFailure",
    "krbPwdFailureCountInterval",
    "krbPwdLockoutDuration",
    "ipaPwdDictCheck",
    "ipaPwdUserCheck",
    "ipaPwdMaxRepeat",
    "ipaPwdMaxSequence",
];

/// The entry for everybody.
pub(super) async fn global(connection: &Connection, tree: Option<&str>) -> Result<Option<String>, Failure> {
    let Some(tree) = tree else { return Ok(None) };
    only(connection, &format!("cn=kerberos,{tree}"), "(&(objectClass=krbPwdPolicy)(cn=global_policy))", "1.1")
        .await
}

pub(super) fn rules(entry: &Entry, source: Source) -> Rules {
    let further = ["ipaPwdMaxRepeat", "ipaPwdMaxSequence"];
    Rules {
        source,
        min_length: some(entry.count("krbPwdMinLength")),
        classes: some(entry.count("krbPwdMinDiffChars")).and_then(|count| u8::try_from(count).ok()),
        history: some(entry.count("krbPwdHistoryLength")),
        min_age: seconds(entry, "krbMinPwdLife"),
        max_age: seconds(entry, "krbMaxPwdLife"),
        lockout: some(entry.count("krbPwdMaxFailure")).map(|threshold| Lockout {
            threshold,
            window: seconds(entry, "krbPwdFailureCountInterval"),
            duration: seconds(entry, "krbPwdLockoutDuration"),
        }),
        filtered: entry.is_true("ipaPwdDictCheck")
            || entry.is_true("ipaPwdUserCheck")
            || further.into_iter().any(|name| some(entry.count(name)).is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn the_policy_of_everybody_is_read() {
        let entry = Entry::of(
            "cn=global_policy",
            &[
                ("krbPwdMinLength", b"8"),
                ("krbPwdMinDiffChars", b"0"),
                ("krbMaxPwdLife", b"7776000"),
                ("krbMinPwdLife", b"3600"),
                ("krbPwdMaxFailure", b"6"),
                ("krbPwdLockoutDuration", b"600"),
                ("krbPwdFailureCountInterval", b"60"),
            ],
        );
        let rules = rules(&entry, Source::Domain);
        assert_eq!((rules.min_length, rules.classes), (Some(8), None));
        assert_eq!(rules.min_age, Some(Duration::from_hours(1)));
        assert_eq!(rules.lockout.unwrap().duration, Some(Duration::from_mins(10)));
        assert!(!rules.filtered);
    }
}
