//! The state of an account in Active Directory.

use regain_core::time::Timestamp;

use super::Context;
use crate::ldap::entry::Entry;
use crate::ldap::values::Filetime;
use crate::person::{Account, Expiry, Lock, Protection};
use crate::rules::Lockout;

pub(super) const ATTRIBUTES: &[&str] = &[
    "objectGUID",
    "userAccountControl",
    "msDS-User-Account-Control-Computed",
    "msDS-UserPasswordExpiryTimeComputed",
    "msDS-ResultantPSO",
    "msDS-PSOApplied",
    "pwdLastSet",
    "accountExpires",
    "lockoutTime",
    "adminCount",
    "memberOf",
    "primaryGroupID",
    "lastLogonTimestamp",
    "whenCreated",
    "whenChanged",
];

// Bits of userAccountControl and of its computed sibling (MS-ADTS 2.2.16).
const ACCOUNT_DISABLE: i64 = 0x2;
const LOCKOUT: i64 = 0x10;
const DONT_EXPIRE_PASSWORD: i64 = 0x1_0000;

pub(super) fn account(entry: &Entry, context: Context<'_>) -> Account {
    let control = entry.number("userAccountControl");
    let set = entry.filetime("pwdLastSet");
    let never_expires = control.is_some_and(|bits| bits & DONT_EXPIRE_PASSWORD != 0);
    Account {
        // Whose state cannot be read is not taken for one who may sign in.
        disabled: control.is_none_or(|bits| bits & ACCOUNT_DISABLE != 0),
        ended: match entry.filetime("accountExpires") {
            Some(Filetime::At(end)) => end <= context.now,
            Some(Filetime::Zero | Filetime::Never) | None => false,
        },
        lock: lock(entry, context.rules.lockout, context.now),
        // A password that never expires need not be changed either.
        must_change: set == Some(Filetime::Zero) && !never_expires,
        password_set_at: match set {
            Some(Filetime::At(at)) => Some(at),
            _ => None,
        },
        expiry: match entry.filetime("msDS-UserPasswordExpiryTimeComputed") {
            Some(Filetime::At(at)) => Expiry::At(at),
            Some(Filetime::Never) => Expiry::Never,
            Some(Filetime::Zero) | None => Expiry::Unknown,
        },
        protection: protection(entry, context),
    }
}

/// `lockoutTime` stays when the time of a lock is over; the computed bit does not.
fn lock(entry: &Entry, lockout: Option<Lockout>, now: Timestamp) -> Lock {
    let since = match entry.filetime("lockoutTime") {
        Some(Filetime::At(since)) => Some(since),
        _ => None,
    };
    let computed = entry.number("msDS-User-Account-Control-Computed").map(|bits| bits & LOCKOUT != 0);
    let until = match (since, lockout) {
        (Some(since), Some(Lockout { duration: Some(duration), .. })) => Lock::Until(since.plus(duration)),
        (Some(_), Some(Lockout { duration: None, .. })) => Lock::ForGood,
        _ => Lock::Untold,
    };
    match (computed, since, until) {
        (Some(false), ..) | (None, None, _) => Lock::Open,
        (None, Some(_), Lock::Until(end)) if end <= now => Lock::Open,
        (_, _, until) => until,
    }
}

fn protection(entry: &Entry, context: Context<'_>) -> Option<Protection> {
    if entry.number("adminCount").is_some_and(|count| count != 0) {
        return Some(Protection::AdminCount);
    }
    let primary = entry.count("primaryGroupID");
    let is_privileged = entry.texts("memberOf").any(|dn| context.privileged.has(dn))
        || primary.is_some_and(super::privileged::is_number);
    is_privileged.then_some(Protection::PrivilegedGroup)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;
    use crate::ldap::people::privileged::Privileged;
    use crate::ldap::settings::Settings;
    use crate::ldap::values::filetime_of;
    use crate::rules::{Rules, Source};
    use regain_core::secret::Secret;
    use regain_core::time::Duration;

    const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

    fn read(values: &[(&str, &[u8])], duration: Option<Option<Duration>>) -> Account {
        let settings = Settings::new(Kind::ActiveDirectory, Vec::new(), "DC=corp", "svc", Secret::default());
        let lockout = duration.map(|duration| Lockout { threshold: 3, window: None, duration });
        let rules = Rules { lockout, ..Rules::unknown(Source::Domain) };
        let privileged = Privileged::of(["CN=Domain Admins,CN=Users,DC=corp"]);
        let context = Context { settings: &settings, rules: &rules, privileged: &privileged, now: NOW };
        let mut all = vec![("userAccountControl", &b"512"[..])];
        all.retain(|(name, _)| !values.iter().any(|(other, _)| other == name));
        all.extend_from_slice(values);
        account(&Entry::of("CN=a", &all), context)
    }

    #[test]
    fn an_ordinary_account_is_open() {
        let account = read(&[("accountExpires", b"9223372036854775807"), ("lockoutTime", b"0")], None);
        assert_eq!((account.disabled, account.ended, account.lock), (false, false, Lock::Open));
        assert_eq!((account.must_change, account.protection), (false, None));
    }

    #[test]
    fn an_account_whose_state_cannot_be_read_counts_as_turned_off() {
        for control in [&b"514"[..], b"rubbish", b""] {
            assert!(read(&[("userAccountControl", control)], None).disabled);
        }
    }

    #[test]
    fn a_lock_lasts_as_long_as_the_policy_says() {
        let hour = Duration::from_hours(1);
        let since = NOW.minus(Duration::from_mins(1));
        let text = filetime_of(since);
        let locked: [(&str, &[u8]); 2] =
            [("lockoutTime", text.as_bytes()), ("msDS-User-Account-Control-Computed", b"16")];
        assert_eq!(read(&locked, Some(Some(hour))).lock, Lock::Until(since.plus(hour)));
        assert_eq!(read(&locked, Some(None)).lock, Lock::ForGood);
        assert_eq!(read(&locked, None).lock, Lock::Untold);
        let over: [(&str, &[u8]); 2] =
            [("lockoutTime", text.as_bytes()), ("msDS-User-Account-Control-Computed", b"0")];
        assert_eq!(read(&over, None).lock, Lock::Open);
        // Without the computed bit the clock decides, and in doubt the account is closed.
        assert_eq!(read(&locked[..1], Some(Some(Duration::from_mins(1)))).lock, Lock::Open);
        assert_eq!(read(&locked[..1], Some(Some(hour))).lock, Lock::Until(since.plus(hour)));
        assert_eq!(read(&locked[..1], None).lock, Lock::Untold);
    }

    #[test]
    fn must_change_is_no_matter_of_passwords_that_never_expire() {
        assert!(read(&[("pwdLastSet", b"0")], None).must_change);
        assert!(!read(&[("pwdLastSet", b"0"), ("userAccountControl", b"66048")], None).must_change);
    }

    #[test]
    fn an_end_counts_once_it_is_past() {
        let past = filetime_of(NOW);
        let future = filetime_of(NOW.plus(Duration::from_secs(1)));
        assert!(read(&[("accountExpires", past.as_bytes())], None).ended);
        assert!(!read(&[("accountExpires", future.as_bytes())], None).ended);
    }

    #[test]
    fn whoever_rules_the_directory_is_protected() {
        let protection = |values: &[(&str, &[u8])]| read(values, None).protection;
        assert_eq!(protection(&[("adminCount", b"1")]), Some(Protection::AdminCount));
        let member = [("memberOf", &b"cn=domain admins,CN=Users,DC=corp"[..])];
        assert_eq!(protection(&member), Some(Protection::PrivilegedGroup));
        assert_eq!(protection(&[("primaryGroupID", b"512")]), Some(Protection::PrivilegedGroup));
        assert_eq!(protection(&[("primaryGroupID", b"513"), ("adminCount", b"0")]), None);
    }
}
