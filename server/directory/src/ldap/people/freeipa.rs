//! The state of an account in FreeIPA, where Kerberos keeps it.

use regain_core::time::Timestamp;

use super::Context;
use crate::ldap::entry::Entry;
use crate::person::{Account, Expiry, Lock, Protection};

pub(super) const ATTRIBUTES: &[&str] = &[
    "krbPwdPolicyReference",
    "nsAccountLock",
    "krbPrincipalExpiration",
    "krbPasswordExpiration",
    "krbLastPwdChange",
    "krbLoginFailedCount",
    "krbLastFailedAuth",
    "krbLastAdminUnlock",
    "krbLastSuccessfulAuth",
    "memberOf",
    "createTimestamp",
    "modifyTimestamp",
];
/// The group that rules the directory.
const ADMINS: &str = "cn=admins,cn=groups,cn=accounts,";

pub(super) fn account(entry: &Entry, context: Context<'_>) -> Account {
    let set = entry.instant("krbLastPwdChange");
    let expires = entry.instant("krbPasswordExpiration");
    let is_admin = entry.texts("memberOf").any(|dn| dn.to_lowercase().starts_with(ADMINS));
    Account {
        disabled: entry.is_true("nsAccountLock"),
        ended: entry.instant("krbPrincipalExpiration").is_some_and(|end| end <= context.now),
        lock: lock(entry, context),
        // A password that another one set runs out in the moment in which it is set.
        must_change: matches!((set, expires), (Some(set), Some(expires)) if expires <= set),
        password_set_at: set,
        expiry: match expires {
            Some(at) => Expiry::At(at),
            None if entry.has("krbPasswordExpiration") => Expiry::Unknown,
            None if set.is_some() => Expiry::Never,
            None => Expiry::Unknown,
        },
        protection: is_admin.then_some(Protection::PrivilegedGroup),
    }
}

/// As the KDC counts: so many failures, the last one not longer ago than the lock lasts, and nobody opened it since.
fn lock(entry: &Entry, context: Context<'_>) -> Lock {
    let failures = entry.count("krbLoginFailedCount").unwrap_or(0);
    let last = entry.instant("krbLastFailedAuth");
    let opened: Option<Timestamp> = entry.instant("krbLastAdminUnlock");
    let Some(lockout) = context.rules.lockout else { return Lock::Open };
    if failures < lockout.threshold || opened.is_some_and(|opened| last.is_none_or(|last| last <= opened)) {
        return Lock::Open;
    }
    match (last, lockout.duration) {
        (_, None) => Lock::ForGood,
        (None, Some(_)) => Lock::Untold,
        (Some(last), Some(duration)) => {
            let end = last.plus(duration);
            if end <= context.now { Lock::Open } else { Lock::Until(end) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;
    use crate::ldap::people::privileged::Privileged;
    use crate::ldap::settings::Settings;
    use crate::rules::{Lockout, Rules, Source};
    use regain_core::secret::Secret;
    use regain_core::time::Duration;

    /// 2026-01-01 00:00 UTC.
    const NOW: Timestamp = Timestamp::from_seconds(1_767_225_600);

    fn read(values: &[(&str, &[u8])]) -> Account {
        let settings = Settings::new(Kind::FreeIpa, Vec::new(), "dc=example", "svc", Secret::default());
        let lockout = Some(Lockout { threshold: 6, window: None, duration: Some(Duration::from_mins(10)) });
        let rules = Rules { lockout, ..Rules::unknown(Source::Domain) };
        let context =
            Context { settings: &settings, rules: &rules, privileged: &Privileged::default(), now: NOW };
        account(&Entry::of("uid=a", values), context)
    }

    #[test]
    fn failures_lock_for_a_while_unless_somebody_opened_the_account() {
        let failed: [(&str, &[u8]); 2] =
            [("krbLoginFailedCount", b"6"), ("krbLastFailedAuth", b"20251231235900Z")];
        assert_eq!(read(&failed).lock, Lock::Until(NOW.plus(Duration::from_mins(9))));
        let mut opened = failed.to_vec();
        opened.push(("krbLastAdminUnlock", b"20251231235930Z"));
        assert_eq!(read(&opened).lock, Lock::Open);
        assert_eq!(read(&[("krbLoginFailedCount", b"5")]).lock, Lock::Open);
        let long_ago: [(&str, &[u8]); 2] =
            [("krbLoginFailedCount", b"9"), ("krbLastFailedAuth", b"20251231000000Z")];
        assert_eq!(read(&long_ago).lock, Lock::Open);
    }

    #[test]
    fn a_password_that_somebody_else_set_must_be_changed() {
        let set: [(&str, &[u8]); 2] =
            [("krbLastPwdChange", b"20251231000000Z"), ("krbPasswordExpiration", b"20251231000000Z")];
        assert!(read(&set).must_change);
        let own: [(&str, &[u8]); 2] =
            [("krbLastPwdChange", b"20251231000000Z"), ("krbPasswordExpiration", b"20260331000000Z")];
        assert!(!read(&own).must_change);
    }

    #[test]
    fn administrators_are_protected() {
        let member: [(&str, &[u8]); 1] = [("memberOf", b"cn=admins,cn=groups,cn=accounts,dc=example")];
        assert_eq!(read(&member).protection, Some(Protection::PrivilegedGroup));
    }
}
