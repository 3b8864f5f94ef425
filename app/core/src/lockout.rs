//! Smart lockout of ordinary sign-in (R177 to R182). Pure: a state and an attempt give the next state.
//!
//! Count first, compare second: an attempt is counted as a failure and stored before its password is
//! compared; a right password then clears the state. So parallel guesses cannot outrun the counter.

use crate::form::FieldProblem;
use crate::time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// How many of the last wrong passwords do not count again when repeated (R180).
pub const REMEMBERED: usize = 3;
/// The longest lock. Doubling would shut people out for days; ten guesses and then one each hour are few.
pub const LONGEST: Duration = Duration::from_hours(1);
/// *Lockout threshold*: which numbers may be set.
pub const THRESHOLDS: RangeInclusive<u16> = 1..=50;
/// *Lockout duration in seconds*: which numbers may be set.
pub const DURATIONS: RangeInclusive<u32> = 5..=18_000;

/// What an administrator sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LockoutSettings {
    /// *Lockout threshold*: failures until the first lock.
    pub threshold: u16,
    /// *Lockout duration in seconds*: length of the first lock.
    pub duration_seconds: u32,
}

impl Default for LockoutSettings {
    fn default() -> Self {
        Self { threshold: 10, duration_seconds: 60 }
    }
}

impl LockoutSettings {
    /// What is wrong with the settings; the fields are `lockout_threshold` and `lockout_duration`.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        if !THRESHOLDS.contains(&self.threshold) {
            problems.push(
                FieldProblem::new("lockout_threshold", "number-range")
                    .with("min", THRESHOLDS.start())
                    .with("max", THRESHOLDS.end()),
            );
        }
        if !DURATIONS.contains(&self.duration_seconds) {
            problems.push(
                FieldProblem::new("lockout_duration", "number-range")
                    .with("min", DURATIONS.start())
                    .with("max", DURATIONS.end()),
            );
        }
        problems
    }

    /// Length of the lock after `earlier` locks: each is twice the one before (R178).
    fn lock_length(self, earlier: u32) -> Duration {
        let first = Duration::from_secs(u64::from(self.duration_seconds));
        let doubled = 1_u32.checked_shl(earlier).map_or(LONGEST, |factor| first.saturating_mul(factor));
        doubled.min(LONGEST.max(first))
    }
}

/// A keyed hash of a wrong password: tells that one is repeated, and nothing about what it was.
pub type Fingerprint = [u8; 16];

/// The sign-in counter of an account. Familiar and unfamiliar places each have one (R181).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Lockout {
    /// Failures since the last success.
    pub failures: u32,
    /// Locks since the last success.
    pub locks: u32,
    /// Until when sign-in is refused.
    pub locked_until: Option<Timestamp>,
    /// The last wrong passwords, newest last, at most [`REMEMBERED`].
    pub recent: Vec<Fingerprint>,
}

/// What happens to an attempt to sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Locked: the password must not be compared.
    Refused {
        /// When to try again.
        until: Timestamp,
    },
    /// The password may be compared once this state, which counts it as wrong, is stored. A right one
    /// then stores `Lockout::default()`.
    Counted(Lockout),
    /// One of the last wrong passwords again: it may be compared, and nothing counts.
    Repeated,
}

impl Lockout {
    /// Until when sign-in is refused, if it is.
    pub fn locked(&self, now: Timestamp) -> Option<Timestamp> {
        self.locked_until.filter(|until| now < *until)
    }

    /// Judges an attempt before its password is compared.
    pub fn attempt(&self, settings: &LockoutSettings, fingerprint: Fingerprint, now: Timestamp) -> Attempt {
        if let Some(until) = self.locked(now) {
            return Attempt::Refused { until };
        }
        if self.recent.contains(&fingerprint) {
            return Attempt::Repeated;
        }
        let mut next = self.clone();
        next.locked_until = None;
        next.failures = next.failures.saturating_add(1);
        next.recent.push(fingerprint);
        let surplus = next.recent.len().saturating_sub(REMEMBERED);
        next.recent.drain(..surplus);
        // The first failure after a lock locks again (R179).
        if next.locks > 0 || next.failures >= u32::from(settings.threshold) {
            next.locked_until = Some(now.plus(settings.lock_length(next.locks)));
            next.locks = next.locks.saturating_add(1);
        }
        Attempt::Counted(next)
    }
}
