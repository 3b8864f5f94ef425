//! The state of an account in 389 Directory Server.

use regain_core::time::Timestamp;

use super::Context;
use crate::ldap::entry::Entry;
use crate::person::{Account, Expiry, Lock};

pub(super) const ATTRIBUTES: &[&str] = &[
    "pwdPolicySubentry",
    "nsAccountLock",
    "accountUnlockTime",
    "passwordExpirationTime",
    "pwdUpdateTime",
    "lastLoginTime",
    "createTimestamp",
    "modifyTimestamp",
];
/// In `accountUnlockTime`: locked until somebody opens it. In `passwordExpirationTime`: to be changed.
const EPOCH: Timestamp = Timestamp(0);
/// The last second that 32 bits count: the server’s *never*.
const NEVER: Timestamp = Timestamp::from_seconds(2_147_483_647);

pub(super) fn account(entry: &Entry, context: Context<'_>) -> Account {
    let expires = entry.instant("passwordExpirationTime");
    Account {
        disabled: entry.is_true("nsAccountLock"),
        ended: false,
        lock: lock(entry, context.now),
        must_change: expires == Some(EPOCH),
        password_set_at: entry.instant("pwdUpdateTime"),
        // The attribute stays when the rule is gone.
        expiry: match expires {
            _ if context.rules.are_known() && context.rules.max_age.is_none() => Expiry::Never,
            Some(NEVER) => Expiry::Never,
            Some(EPOCH) | None => Expiry::Unknown,
            Some(at) => Expiry::At(at),
        },
        protection: None,
    }
}

fn lock(entry: &Entry, now: Timestamp) -> Lock {
    if !entry.has("accountUnlockTime") {
        return Lock::Open;
    }
    match entry.instant("accountUnlockTime") {
        None => Lock::Untold,
        Some(EPOCH) => Lock::ForGood,
        Some(end) if end <= now => Lock::Open,
        Some(end) => Lock::Until(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;
    use crate::ldap::people::privileged::Privileged;
    use crate::ldap::settings::Settings;
    use crate::rules::{Rules, Source};
    use regain_core::secret::Secret;
    use regain_core::time::Duration;

    /// 2026-01-01 00:00 UTC.
    const NOW: Timestamp = Timestamp::from_seconds(1_767_225_600);

    fn read(values: &[(&str, &[u8])], source: Source) -> Account {
        let settings = Settings::new(Kind::Ds389, Vec::new(), "dc=example", "svc", Secret::default());
        let rules = Rules::unknown(source);
        let context =
            Context { settings: &settings, rules: &rules, privileged: &Privileged::default(), now: NOW };
        account(&Entry::of("uid=a", values), context)
    }

    #[test]
    fn a_lock_until_1970_is_one_for_good() {
        let lock = |value: &[u8]| read(&[("accountUnlockTime", value)], Source::None).lock;
        assert_eq!(lock(b"19700101000000Z"), Lock::ForGood);
        assert_eq!(lock(b"20260101000001Z"), Lock::Until(NOW.plus(Duration::from_secs(1))));
        assert_eq!(lock(b"20260101000000Z"), Lock::Open);
        assert_eq!(lock(b"soon"), Lock::Untold);
    }

    #[test]
    fn a_password_that_ran_out_in_1970_must_be_changed() {
        let read = |value: &[u8], source| read(&[("passwordExpirationTime", value)], source);
        let reset = read(b"19700101000000Z", Source::None);
        assert_eq!((reset.must_change, reset.expiry), (true, Expiry::Unknown));
        assert_eq!(read(b"20260101000000Z", Source::None).expiry, Expiry::At(NOW));
        assert_eq!(read(b"20380119031407Z", Source::None).expiry, Expiry::Never);
        assert_eq!(read(b"20260101000000Z", Source::Domain).expiry, Expiry::Never);
    }

    #[test]
    fn an_inactivated_account_is_turned_off() {
        assert!(read(&[("nsAccountLock", b"true")], Source::None).disabled);
        assert!(!read(&[("nsAccountLock", b"false")], Source::None).disabled);
    }
}
