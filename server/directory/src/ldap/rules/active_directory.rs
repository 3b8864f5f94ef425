//! Active Directory: the head of the domain, and fine-grained policies, which only few may read.

use std::time::Duration;

use super::some;
use crate::ldap::entry::Entry;
use crate::ldap::values::interval;
use crate::rules::{Lockout, Rules, Source};

/// What the head of a domain tells.
pub(super) const DOMAIN: &[&str] = &[
    "minPwdLength",
    "pwdProperties",
    "pwdHistoryLength",
    "minPwdAge",
    "maxPwdAge",
    "lockoutThreshold",
    "lockoutDuration",
    "lockOutObservationWindow",
];
/// What a fine-grained policy tells.
pub(super) const FINE_GRAINED: &[&str] = &[
    "msDS-MinimumPasswordLength",
    "msDS-PasswordComplexityEnabled",
    "msDS-PasswordHistoryLength",
    "msDS-MinimumPasswordAge",
    "msDS-MaximumPasswordAge",
    "msDS-LockoutThreshold",
    "msDS-LockoutDuration",
    "msDS-LockoutObservationWindow",
];
/// DOMAIN_PASSWORD_COMPLEX (MS-SAMR 2.2.3.5).
const COMPLEX: i64 = 1;
/// Of five kinds three must be there (MS-SAMR 3.1.1.7.2); the fifth is letters without case.
const CLASSES: u8 = 3;

/// `None`: nothing can be read.
pub(super) fn of_domain(entry: &Entry) -> Option<Rules> {
    let [length, properties, rest @ ..] = DOMAIN else { return None };
    entry.has(length).then(|| {
        let complex = entry.number(properties).map(|bits| bits & COMPLEX != 0);
        rules(entry, Source::Domain, length, complex, rest)
    })
}

pub(super) fn fine_grained(entry: &Entry, source: Source) -> Rules {
    match FINE_GRAINED {
        [length, complexity, rest @ ..] => {
            rules(entry, source, length, Some(entry.is_true(complexity)), rest)
        }
        _ => Rules::unknown(source),
    }
}

fn rules(entry: &Entry, source: Source, length: &str, complex: Option<bool>, rest: &[&str]) -> Rules {
    let [history, min_age, max_age, threshold, duration, window] = rest else {
        return Rules::unknown(source);
    };
    let lockout = some(entry.count(threshold)).map(|threshold| Lockout {
        threshold,
        window: span(entry, window),
        duration: span(entry, duration),
    });
    Rules {
        source,
        min_length: some(entry.count(length)),
        classes: complex.unwrap_or_default().then_some(CLASSES),
        history: some(entry.count(history)),
        min_age: span(entry, min_age),
        max_age: span(entry, max_age),
        lockout,
        filtered: false,
    }
}

/// None, and for ever, are the same here: no such limit.
fn span(entry: &Entry, name: &str) -> Option<Duration> {
    entry.text(name).and_then(interval).flatten().filter(|span| !span.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_domain_is_read() {
        let entry = Entry::of(
            "DC=corp",
            &[
                ("minPwdLength", b"8"),
                ("pwdProperties", b"1"),
                ("pwdHistoryLength", b"3"),
                ("minPwdAge", b"0"),
                ("maxPwdAge", b"-36288000000000"),
                ("lockoutThreshold", b"3"),
                ("lockoutDuration", b"-18000000000"),
                ("lockOutObservationWindow", b"-18000000000"),
            ],
        );
        let half_an_hour = Some(Duration::from_mins(30));
        let expected = Rules {
            source: Source::Domain,
            min_length: Some(8),
            classes: Some(3),
            history: Some(3),
            min_age: None,
            max_age: Some(Duration::from_hours(42 * 24)),
            lockout: Some(Lockout { threshold: 3, window: half_an_hour, duration: half_an_hour }),
            filtered: false,
        };
        assert_eq!(of_domain(&entry), Some(expected));
    }

    #[test]
    fn never_is_no_limit_and_a_lock_for_good_has_no_end() {
        let entry = Entry::of(
            "CN=vip",
            &[
                ("msDS-MinimumPasswordLength", b"14"),
                ("msDS-PasswordComplexityEnabled", b"FALSE"),
                ("msDS-MaximumPasswordAge", b"-9223372036854775808"),
                ("msDS-LockoutThreshold", b"5"),
                ("msDS-LockoutDuration", b"-9223372036854775808"),
                ("msDS-LockoutObservationWindow", b"rubbish"),
            ],
        );
        let rules = fine_grained(&entry, Source::Own("CN=vip".to_owned()));
        assert_eq!((rules.min_length, rules.classes, rules.max_age), (Some(14), None, None));
        assert_eq!(rules.lockout, Some(Lockout { threshold: 5, window: None, duration: None }));
    }

    #[test]
    fn a_domain_that_shows_nothing_has_no_rules_to_show() {
        assert_eq!(of_domain(&Entry::of("DC=corp", &[])), None);
    }
}
