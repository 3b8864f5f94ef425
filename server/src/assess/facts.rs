//! What the descriptions of problems ask about one person.

use regain_core::account::Username;
use regain_core::time::{Duration, Timestamp};
use regain_directory::{Expiry, Lock, Person, Protection};

use super::contact::Contact;

/// Nobody who signs in at all is away for longer.
pub(super) const STALE_AFTER: Duration = Duration::from_hours(90 * 24);
/// So old an account must be before it is odd that nobody ever used it.
pub(super) const NEW_FOR: Duration = Duration::from_hours(30 * 24);
/// How many days ahead the report looks for passwords that expire.
pub(super) const DAYS: usize = 30;

/// Whether self-service is for an account at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is.
    Served,
    /// Somebody turned the account off.
    Disabled,
    /// The account has run out.
    Ended,
    /// The directory protects it, and its owner asks another administrator.
    Protected(Protection),
}

impl Standing {
    pub(super) const fn of(person: &Person) -> Self {
        match &person.account {
            account if account.disabled => Self::Disabled,
            account if account.ended => Self::Ended,
            account => match account.protection {
                Some(protection) => Self::Protected(protection),
                None => Self::Served,
            },
        }
    }
}

/// How the name with which a reset would start is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
    Fine,
    Missing,
    Unusable,
}

/// A person, and what follows from the entry.
pub(super) struct Facts<'a> {
    pub(super) person: &'a Person,
    pub(super) contact: &'a Contact,
    pub(super) standing: Standing,
    pub(super) now: Timestamp,
}

impl<'a> Facts<'a> {
    pub(super) fn of(person: &'a Person, contact: &'a Contact, now: Timestamp) -> Self {
        Self { person, contact, standing: Standing::of(person), now }
    }

    /// Whether self-service is for this person.
    pub(super) fn is_served(&self) -> bool {
        self.standing == Standing::Served
    }

    /// Whether the person can sign in at all, protected or not.
    pub(super) const fn is_in_use(&self) -> bool {
        matches!(self.standing, Standing::Served | Standing::Protected(_))
    }

    pub(super) fn naming(&self) -> Naming {
        match self.person.username.as_deref().map(str::trim) {
            None | Some("") => Naming::Missing,
            Some(name) if Username::parse(name).is_err() => Naming::Unusable,
            Some(_) => Naming::Fine,
        }
    }

    pub(super) fn is_locked(&self) -> bool {
        match self.person.account.lock {
            Lock::Open => false,
            Lock::Until(until) => until > self.now,
            Lock::ForGood | Lock::Untold => true,
        }
    }

    /// Whether the password has run out; one that must be changed anyway is not counted twice.
    pub(super) fn is_expired(&self) -> bool {
        !self.person.account.must_change
            && matches!(self.person.account.expiry, Expiry::At(at) if at <= self.now)
    }

    /// On which day from now on the password runs out, if that is within [`DAYS`]: 0 is the next 24 hours. One that must be
    /// changed anyway does not.
    pub(super) fn expires_on_day(&self) -> Option<usize> {
        match self.person.account.expiry {
            Expiry::At(at) if at > self.now && !self.person.account.must_change => {
                let day = usize::try_from(at.since(self.now).as_secs() / 86_400).ok()?;
                (day < DAYS).then_some(day)
            }
            _ => None,
        }
    }

    pub(super) fn never_expires(&self) -> bool {
        self.person.account.expiry == Expiry::Never
    }

    /// Whether the last sign-in is older than [`STALE_AFTER`].
    pub(super) fn is_stale(&self) -> bool {
        self.person.signed_in_at.is_some_and(|at| at < self.now.minus(STALE_AFTER))
    }

    /// Whether the directory knows no sign-in of an account that is no new one.
    pub(super) fn never_signed_in(&self) -> bool {
        let is_new = self.person.created_at.is_some_and(|at| at > self.now.minus(NEW_FOR));
        self.person.signed_in_at.is_none() && !is_new
    }
}
