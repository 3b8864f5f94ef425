//! What changed about a person's methods within a day. The database keeps one row for each change, by a key; what such a
//! key says is known here alone.

use regain_core::limits::CHANGE_COOL_DOWN;
use regain_core::method::{Age, Method};
use regain_core::time::Timestamp;
use regain_store::{Result, Tx};
use uuid::Uuid;

use super::Factor;

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// A method was added to others, or took the place of one.
    Added(Uuid),
    /// So did answers to security questions.
    Answered,
    /// Answers came while the person had nothing before this registration.
    FirstAnswered,
    /// Somebody else changed contact data to this, or added it to what the person had.
    Entered(Method, String),
    /// The person removed a method.
    Removed(Method),
    /// Somebody else took contact data away.
    Withdrawn(Method),
    /// As version 0.1 noted an address or number that took the place of another.
    Replaced(String),
}

impl Change {
    fn key(&self) -> String {
        match self {
            Self::Added(id) => format!("added:{id}"),
            Self::Answered => "answered".to_owned(),
            Self::FirstAnswered => "first-answered".to_owned(),
            Self::Entered(method, destination) => format!("entered:{method}:{destination}"),
            Self::Removed(method) => format!("removed:{method}:"),
            Self::Withdrawn(method) => format!("withdrawn:{method}:"),
            Self::Replaced(destination) => destination.clone(),
        }
    }

    fn of(key: &str) -> Self {
        let (kind, rest) = key.split_once(':').unwrap_or((key, ""));
        let (name, destination) = rest.split_once(':').unwrap_or((rest, ""));
        let known = match kind {
            "added" => rest.parse().ok().map(Self::Added),
            "answered" => Some(Self::Answered),
            "first-answered" => Some(Self::FirstAnswered),
            "entered" => name.parse().ok().map(|method| Self::Entered(method, destination.to_owned())),
            "removed" => name.parse().ok().map(Self::Removed),
            "withdrawn" => name.parse().ok().map(Self::Withdrawn),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Replaced(key.to_owned()))
    }

    /// Writes it down.
    pub(crate) async fn note(&self, tx: &mut dyn Tx, user_id: Uuid, at: Timestamp) -> Result<()> {
        tx.note_change(user_id, &self.key(), at).await
    }
}

/// Everything that changed about one person within a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes(Vec<(Change, Timestamp)>);

impl Changes {
    /// From keys as the database has them; what is older than a day does not matter any more.
    pub(crate) fn of(rows: impl IntoIterator<Item = (String, Timestamp)>, now: Timestamp) -> Self {
        let lately = rows.into_iter().filter(|(_, at)| now.since(*at) < CHANGE_COOL_DOWN);
        Self(lately.map(|(key, at)| (Change::of(&key), at)).collect())
    }

    /// Whether something was removed: what comes after it takes its place.
    pub(crate) fn removed_something(&self) -> bool {
        self.0.iter().any(|(change, _)| matches!(change, Change::Removed(_)))
    }

    /// Whether anything went, whoever took it.
    pub(crate) fn took_something(&self) -> bool {
        self.removed_something() || self.0.iter().any(|(change, _)| matches!(change, Change::Withdrawn(_)))
    }

    /// When answers were given that belong to a first registration.
    pub(crate) fn first_answered(&self) -> Option<Timestamp> {
        self.at(&Change::FirstAnswered)
    }

    fn at(&self, wanted: &Change) -> Option<Timestamp> {
        self.0.iter().find(|(change, _)| change == wanted).map(|(_, at)| *at)
    }

    /// Whether a factor has been there long enough (T65).
    pub(super) fn age(&self, factor: &Factor) -> Age {
        let until = |at: Timestamp| at.plus(CHANGE_COOL_DOWN);
        let replaced = factor.destination.clone().map(Change::Replaced);
        let young = match (factor.method_id, factor.method) {
            (Some(id), _) => self.at(&Change::Added(id)),
            (None, Method::SecurityQuestions) => self.at(&Change::Answered),
            (None, method) => {
                let destination = factor.destination.clone().unwrap_or_default();
                if let Some(at) = self.at(&Change::Entered(method, destination)) {
                    return Age::Waiting(until(at));
                }
                None
            }
        };
        let young = young.or_else(|| self.at(&replaced?));
        young.map_or(Age::Settled, |at| Age::Young(until(at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_read_as_it_was_written() {
        let id = Uuid::from_u128(7);
        for change in [
            Change::Added(id),
            Change::Answered,
            Change::FirstAnswered,
            Change::Entered(Method::Email, "ana@mail.example".to_owned()),
            Change::Entered(Method::MobilePhone, "+37120000001".to_owned()),
            Change::Removed(Method::Passkey),
            Change::Withdrawn(Method::OfficePhone),
            Change::Replaced("+37120000001".to_owned()),
            Change::Replaced("odd:address@mail.example".to_owned()),
        ] {
            assert_eq!(Change::of(&change.key()), change);
        }
        assert_eq!(Change::of("removed:mobile_phone:+37120000001"), Change::Removed(Method::MobilePhone));
    }

    #[test]
    fn what_is_a_day_old_does_not_matter() {
        let now = Timestamp::from_seconds(1_700_000_000);
        let rows = || [("removed:email:".to_owned(), now.minus(CHANGE_COOL_DOWN))];
        assert!(!Changes::of(rows(), now).removed_something());
        assert!(Changes::of(rows(), now.minus(CHANGE_COOL_DOWN)).removed_something());
    }
}
