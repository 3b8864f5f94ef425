//! *Usage & insights*.

use async_trait::async_trait;
use regain_core::coverage::Coverage;
use regain_core::eligibility::Refusal;
use regain_core::method::Method;
use regain_core::time::Timestamp;

use super::people::{Listed, Place};
use crate::outcome::Failure;
use crate::visit::Visit;

/// The query parameters of the pages.
pub mod query {
    /// Which period, as [`super::Period::as_str`].
    pub const PERIOD: &str = "period";
    /// The beginning of a name.
    pub const SEARCH: &str = "q";
}

/// How far back a report looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// 24 hours, by the hour.
    Day,
    /// 7 days.
    #[default]
    Week,
    /// 30 days.
    Month,
}

impl Period {
    /// Every period, shortest first.
    pub const ALL: [Period; 3] = [Period::Day, Period::Week, Period::Month];

    /// As an address names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "24h",
            Self::Week => "7d",
            Self::Month => "30d",
        }
    }

    /// The period that a visit asks for.
    pub fn of(visit: &Visit) -> Self {
        let asked = visit.query_value(query::PERIOD).unwrap_or_default();
        Self::ALL.into_iter().find(|period| period.as_str() == asked).unwrap_or_default()
    }

    /// How many columns a report over the period has, and how many hours each stands for.
    pub const fn spans(self) -> (usize, i64) {
        match self {
            Self::Day => (24, 1),
            Self::Week => (7, 24),
            Self::Month => (30, 24),
        }
    }
}

/// How many people are in scope, registered, ready.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// When it was counted.
    pub at: Timestamp,
    /// Everybody.
    pub users: u64,
    /// Whom the policy lets reset.
    pub in_scope: u64,
    /// Who has what the policy asks.
    pub registered: u64,
    /// Who could reset at that moment.
    pub ready: u64,
    /// Who has which method, in the order of [`Method::LISTED`].
    pub methods: Vec<(Method, u64)>,
}

/// The tab *Registration*.
#[derive(Clone, Debug)]
pub struct Registrations {
    /// What was asked for.
    pub period: Period,
    /// How many people can help themselves; `None` while they are being counted.
    pub covered: Option<Covered>,
    /// How often which method was registered in the period.
    pub recent: Vec<(Method, u64)>,
    /// How often registration was left for later.
    pub unfinished: u64,
}

/// What happened in one hour or day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// When it began.
    pub start: Timestamp,
    /// Passwords reset.
    pub resets: u64,
    /// Accounts unlocked.
    pub unlocks: u64,
}

/// How a method did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    /// Which.
    pub method: Method,
    /// How often it proved a person.
    pub passed: u64,
    /// How often it did not.
    pub failed: u64,
}

/// Why a reset or unlock did not go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Obstacle {
    /// The person may not reset.
    Refused(Refusal),
    /// A wrong code or answer.
    WrongCode,
    /// A number that is not the person's.
    WrongNumber,
    /// Too many wrong tries.
    Locked,
    /// Left right after the username.
    LeftAtStart,
    /// Left while verifying.
    LeftWhileVerifying,
    /// Left before choosing a password, or before unlocking.
    LeftAtTheEnd,
    /// Ended by the person.
    Cancelled,
    /// The new password has banned words or names in it.
    PasswordBanned,
    /// The new password breaks another rule.
    PasswordRules,
    /// The browser keeps no cookies.
    NoCookies,
    /// Anything else.
    Other,
}

/// The tab *Usage*.
#[derive(Clone, Debug)]
pub struct Activity {
    /// What was asked for.
    pub period: Period,
    /// Hours or days, oldest first, those without anything included.
    pub spans: Vec<Span>,
    /// Methods that were tried.
    pub methods: Vec<Tries>,
    /// What stood in the way, most frequent first; what did so more rarely than eight others is [`Obstacle::Other`].
    pub obstacles: Vec<(Obstacle, u64)>,
}

/// One person in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrationRow {
    /// Row id, as text.
    pub id: String,
    /// User principal name.
    pub upn: String,
    /// Display name.
    pub display_name: String,
    /// In scope, registered, ready.
    pub coverage: Coverage,
    /// What the person has, allowed or not, strongest first.
    pub methods: Vec<Method>,
    /// When the person last registered or reviewed something.
    pub updated: Option<Timestamp>,
}

/// *Usage & insights*, for those who may read it (R21).
#[async_trait]
pub trait UsageInsights: Send + Sync {
    /// The tab *Registration*.
    async fn registrations(&self, visit: &Visit) -> Result<Registrations, Failure>;
    /// The tab *Usage*.
    async fn activity(&self, visit: &Visit) -> Result<Activity, Failure>;
    /// The list of people; the visit's query says which.
    async fn people(&self, visit: &Visit, place: &Place) -> Result<Listed<RegistrationRow>, Failure>;
}
