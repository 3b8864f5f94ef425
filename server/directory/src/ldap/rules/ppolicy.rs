//! `pwdPolicy` entries (draft-behera-ldap-password-policy-10, 5.2), as OpenLDAP has them.

use super::{only, seconds, some};
use crate::ldap::connection::Connection;
use crate::ldap::entry::Entry;
use crate::outcome::Failure;
use crate::rules::{Lockout, Rules, Source};

pub(super) const ATTRIBUTES: &[&str] = &[
    "pwdMinLength",
    "pwdCheckQuality",
    "pwdCheckModule",
    "pwdUseCheckModule",
    "pwdInHistory",
    "pwdMinAge",
    "pwdMaxAge",
    "pwdLockout",
    "pwdMaxFailure",
    "pwdFailureCountInterval",
    "pwdLockoutDuration",
    "pwdMustChange",
    "pwdAttribute",
];

/// The entry for everybody, where the server’s configuration can be read. Nothing else tells it.
pub(super) async fn default(connection: &Connection) -> Result<Option<String>, Failure> {
    only(connection, "cn=config", "(objectClass=olcPPolicyConfig)", "olcPPolicyDefault").await
}

pub(super) fn rules(entry: &Entry, source: Source) -> Rules {
    let is_checked = some(entry.count("pwdCheckQuality")).is_some();
    let threshold = some(entry.count("pwdMaxFailure")).filter(|_| entry.is_true("pwdLockout"));
    Rules {
        source,
        // OpenLDAP looks at the length only where it looks at the quality.
        min_length: some(entry.count("pwdMinLength")).filter(|_| is_checked),
        classes: None,
        history: some(entry.count("pwdInHistory")),
        min_age: seconds(entry, "pwdMinAge"),
        max_age: seconds(entry, "pwdMaxAge"),
        lockout: threshold.map(|threshold| Lockout {
            threshold,
            window: seconds(entry, "pwdFailureCountInterval"),
            duration: seconds(entry, "pwdLockoutDuration"),
        }),
        filtered: is_checked && (entry.has("pwdCheckModule") || entry.is_true("pwdUseCheckModule")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_policy_is_read() {
        let entry = Entry::of(
            "cn=default",
            &[
                ("pwdMinLength", b"8"),
                ("pwdCheckQuality", b"2"),
                ("pwdCheckModule", b"chk.so"),
                ("pwdInHistory", b"3"),
                ("pwdMinAge", b"0"),
                ("pwdMaxAge", b"7776000"),
                ("pwdLockout", b"TRUE"),
                ("pwdMaxFailure", b"3"),
                ("pwdLockoutDuration", b"0"),
                ("pwdFailureCountInterval", b"600"),
            ],
        );
        let expected = Rules {
            source: Source::Domain,
            min_length: Some(8),
            classes: None,
            history: Some(3),
            min_age: None,
            max_age: Some(Duration::from_hours(2160)),
            lockout: Some(Lockout { threshold: 3, window: Some(Duration::from_mins(10)), duration: None }),
            filtered: true,
        };
        assert_eq!(rules(&entry, Source::Domain), expected);
    }

    #[test]
    fn what_is_turned_off_is_no_rule() {
        let entry = Entry::of(
            "cn=service",
            &[("pwdMinLength", b"8"), ("pwdLockout", b"FALSE"), ("pwdMaxFailure", b"3"), ("pwdMaxAge", b"x")],
        );
        assert_eq!(rules(&entry, Source::None), Rules::unknown(Source::None));
    }
}
