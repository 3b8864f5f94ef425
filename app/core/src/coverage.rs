//! How far a person is on the way to resetting on their own, in the three words of every page, list and file: in scope,
//! registered, ready.

use crate::eligibility::{Facts, Refusal, check};
use crate::method::{Usable, different_kinds};
use crate::policy::Standing;
use crate::time::Timestamp;

/// Where a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The policy lets the person reset.
    pub in_scope: bool,
    /// The person has methods of as many different kinds as the policy asks of them, in scope or not.
    pub registered: bool,
    /// A reset that is begun at this moment can come to its end; or the first thing that stands in its way.
    pub ready: Ready,
}

/// Whether a person is ready, and if not, why.
pub type Ready = Result<(), NotReady>;

/// What stands in the way of a reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotReady {
    /// The person would be refused.
    Refused(Refusal),
    /// Wrong answers or a report locked recovery until then.
    Locked(Timestamp),
}

impl Coverage {
    /// From the facts about a reset, what counts as registered, and until when recovery is locked.
    pub fn of(facts: &Facts, counted: &[Usable], locked_until: Option<Timestamp>) -> Self {
        let registered = different_kinds(counted) >= facts.required.count();
        let ready = match (check(facts), locked_until) {
            // Enough is there, and some of it has to grow older.
            (Err(Refusal::NotRegistered), _) if registered => Err(NotReady::Refused(Refusal::TooNew)),
            (Err(refusal), _) => Err(NotReady::Refused(refusal)),
            (Ok(_), Some(until)) => Err(NotReady::Locked(until)),
            (Ok(_), None) => Ok(()),
        };
        Self { in_scope: facts.standing == Standing::Enabled, registered, ready }
    }
}
