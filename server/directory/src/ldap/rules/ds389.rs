//! 389 Directory Server: `cn=config`, which only its administrators may read as it comes, and entries for some.

use super::{seconds, some};
use crate::ldap::entry::Entry;
use crate::rules::{Lockout, Rules, Source};

/// Where the policy for everybody is.
pub(super) const GLOBAL: &str = "cn=config";
pub(super) const ATTRIBUTES: &[&str] = &[
    "passwordCheckSyntax",
    "passwordMinLength",
    "passwordMinCategories",
    "passwordMinDigits",
    "passwordMinAlphas",
    "passwordMinUppers",
    "passwordMinLowers",
    "passwordMinSpecials",
    "passwordDictCheck",
    "passwordBadWords",
    "passwordHistory",
    "passwordInHistory",
    "passwordMinAge",
    "passwordExp",
    "passwordMaxAge",
    "passwordLockout",
    "passwordMaxFailure",
    "passwordResetFailureCount",
    "passwordUnlock",
    "passwordLockoutDuration",
    "passwordMustChange",
];
/// Rules that are not shown one by one: so many of one kind of characters.
const FURTHER: [&str; 5] = [
    "passwordMinDigits",
    "passwordMinAlphas",
    "passwordMinUppers",
    "passwordMinLowers",
    "passwordMinSpecials",
];

pub(super) fn rules(entry: &Entry, source: Source) -> Rules {
    let is_checked = entry.is_true("passwordCheckSyntax");
    let count = |name: &str| some(entry.count(name)).filter(|_| is_checked);
    let threshold = some(entry.count("passwordMaxFailure")).filter(|_| entry.is_true("passwordLockout"));
    let lists = entry.is_true("passwordDictCheck") || entry.has("passwordBadWords");
    Rules {
        source,
        min_length: count("passwordMinLength"),
        classes: count("passwordMinCategories").and_then(|count| u8::try_from(count).ok()),
        history: some(entry.count("passwordInHistory")).filter(|_| entry.is_true("passwordHistory")),
        min_age: seconds(entry, "passwordMinAge"),
        max_age: seconds(entry, "passwordMaxAge").filter(|_| entry.is_true("passwordExp")),
        lockout: threshold.map(|threshold| Lockout {
            threshold,
            window: seconds(entry, "passwordResetFailureCount"),
            duration: seconds(entry, "passwordLockoutDuration").filter(|_| entry.is_true("passwordUnlock")),
        }),
        filtered: is_checked && (lists || FURTHER.into_iter().any(|name| count(name).is_some())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn each_rule_has_its_switch() {
        let values: &[(&str, &[u8])] = &[
            ("passwordMinLength", b"8"),
            ("passwordMinCategories", b"3"),
            ("passwordInHistory", b"6"),
            ("passwordMaxAge", b"8640000"),
            ("passwordMaxFailure", b"3"),
            ("passwordLockoutDuration", b"3600"),
            ("passwordResetFailureCount", b"600"),
        ];
        assert_eq!(rules(&Entry::of(GLOBAL, values), Source::Domain), Rules::unknown(Source::Domain));
        let switches =
            ["passwordCheckSyntax", "passwordHistory", "passwordExp", "passwordLockout", "passwordUnlock"];
        let mut on = values.to_vec();
        on.extend(switches.map(|name| (name, &b"on"[..])));
        let rules = rules(&Entry::of(GLOBAL, &on), Source::Domain);
        assert_eq!((rules.min_length, rules.classes, rules.history), (Some(8), Some(3), Some(6)));
        assert_eq!(rules.max_age, Some(Duration::from_hours(2400)));
        let lockout = rules.lockout.unwrap();
        assert_eq!(lockout.duration, Some(Duration::from_hours(1)));
        assert!(!rules.filtered);
    }
}
