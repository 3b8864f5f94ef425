//! The state of an account where `ppolicy` keeps it (draft-behera-ldap-password-policy-10, 5.3).

use regain_core::time::Timestamp;

use super::Context;
use crate::ldap::entry::Entry;
use crate::person::{Account, Expiry, Lock};
use crate::rules::Rules;

pub(super) const ATTRIBUTES: &[&str] = &[
    "pwdPolicySubentry",
    "pwdAccountLockedTime",
    "pwdReset",
    "pwdChangedTime",
    "pwdEndTime",
    "pwdLastSuccess",
    "authTimestamp",
    "createTimestamp",
    "modifyTimestamp",
];
/// An administrator locked the account for good.
const BY_HAND: &str = "000001010000Z";

pub(super) fn account(entry: &Entry, context: Context<'_>) -> Account {
    let set = entry.instant("pwdChangedTime");
    let by_hand = entry.text("pwdAccountLockedTime") == Some(BY_HAND);
    Account {
        disabled: by_hand,
        ended: entry.instant("pwdEndTime").is_some_and(|end| end <= context.now),
        lock: if by_hand { Lock::Open } else { lock(entry, context) },
        must_change: entry.is_true("pwdReset"),
        password_set_at: set,
        expiry: expiry(context.rules, set),
        protection: None,
    }
}

fn lock(entry: &Entry, context: Context<'_>) -> Lock {
    if !entry.has("pwdAccountLockedTime") {
        return Lock::Open;
    }
    let Some(since) = entry.instant("pwdAccountLockedTime") else { return Lock::Untold };
    match context.rules.lockout {
        None => Lock::Untold,
        Some(lockout) => match lockout.duration.map(|duration| since.plus(duration)) {
            None => Lock::ForGood,
            Some(end) if end <= context.now => Lock::Open,
            Some(end) => Lock::Until(end),
        },
    }
}

fn expiry(rules: &Rules, set: Option<Timestamp>) -> Expiry {
    match (rules.are_known(), rules.max_age, set) {
        (true, None, _) => Expiry::Never,
        (true, Some(age), Some(set)) => Expiry::At(set.plus(age)),
        _ => Expiry::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;
    use crate::ldap::people::privileged::Privileged;
    use crate::ldap::settings::Settings;
    use crate::rules::{Lockout, Source};
    use regain_core::secret::Secret;
    use regain_core::time::Duration;

    /// 2026-01-01 00:00 UTC.
    const NOW: Timestamp = Timestamp::from_seconds(1_767_225_600);

    fn read(values: &[(&str, &[u8])], rules: &Rules) -> Account {
        let settings = Settings::new(Kind::OpenLdap, Vec::new(), "dc=example", "svc", Secret::default());
        let context = Context { settings: &settings, rules, privileged: &Privileged::default(), now: NOW };
        account(&Entry::of("uid=a", values), context)
    }

    fn known(duration: Option<Duration>) -> Rules {
        let lockout = Some(Lockout { threshold: 3, window: None, duration });
        Rules { lockout, max_age: Some(Duration::from_hours(24)), ..Rules::unknown(Source::Domain) }
    }

    #[test]
    fn a_lock_ends_when_the_policy_says_so() {
        let hour = Duration::from_hours(1);
        let locked: [(&str, &[u8]); 1] = [("pwdAccountLockedTime", b"20251231233000Z")];
        let since = NOW.minus(Duration::from_mins(30));
        assert_eq!(read(&locked, &known(Some(hour))).lock, Lock::Until(since.plus(hour)));
        assert_eq!(read(&locked, &known(Some(Duration::from_mins(30)))).lock, Lock::Open);
        assert_eq!(read(&locked, &known(None)).lock, Lock::ForGood);
        assert_eq!(read(&locked, &Rules::unknown(Source::None)).lock, Lock::Untold);
        let odd: [(&str, &[u8]); 1] = [("pwdAccountLockedTime", b"soon")];
        assert_eq!(read(&odd, &known(Some(hour))).lock, Lock::Untold);
        assert_eq!(read(&[], &known(None)).lock, Lock::Open);
    }

    #[test]
    fn locked_by_hand_is_turned_off() {
        let account = read(&[("pwdAccountLockedTime", b"000001010000Z")], &known(None));
        assert_eq!((account.disabled, account.lock), (true, Lock::Open));
    }

    #[test]
    fn a_password_runs_out_by_a_policy_that_is_known() {
        let set: [(&str, &[u8]); 2] = [("pwdChangedTime", b"20251231000000Z"), ("pwdReset", b"TRUE")];
        let account = read(&set, &known(None));
        assert_eq!((account.expiry, account.must_change), (Expiry::At(NOW), true));
        assert_eq!(read(&set, &Rules::unknown(Source::Domain)).expiry, Expiry::Never);
        assert_eq!(read(&set, &Rules::unknown(Source::None)).expiry, Expiry::Unknown);
        assert_eq!(read(&[], &known(None)).expiry, Expiry::Unknown);
    }
}
