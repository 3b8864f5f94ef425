//! Refusals that anybody can cause as often as they like: a form out of turn, a sign-in that is locked, a name that nobody
//! has. Nothing was judged and nothing changed, so what is written of them is bounded.
//!
//! The first of a source and kind is a row of the audit log at once. The others of the next ten minutes are counted in
//! memory, without a write, and become one row when the time is over: how many, the first, the last. Sources beyond what
//! memory holds count together. What judged a proof, changed something, or was denied to an administrator never passes
//! here: each has a row of its own. A guess that is repeated judges nothing new. Sign-in counts such guesses, and names
//! that nobody has, here as well, but pays for a row each time, so that its time tells nobody who has an account.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use regain_app::visit::Visit;
use regain_core::limits::{REFUSALS_TOGETHER, SOURCES_OF_REFUSALS};
use regain_core::time::Timestamp;
use regain_store::{AuditRecord, Result};

use crate::audit::{Build as _, written};
use crate::engine::Engine;

/// What is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// A step of a reset that is not next.
    OutOfTurn,
    /// A reset in a browser without cookies.
    NoCookies,
    /// Sign-in of an account that is locked.
    SignInLocked,
    /// Sign-in with a name that nobody has, or with a guess that was wrong just before.
    NothingJudged,
    /// Help, asked for too often.
    Help,
    /// A page of administrators, asked for by somebody who is none.
    NoAdministrator,
}

/// Refusals of the last ten minutes, by source.
#[derive(Debug, Default)]
pub struct Refusals(Mutex<HashMap<Key, Again>>);

/// Source, kind and activity.
type Key = (String, Kind, String);

/// What came after the first of a kind.
#[derive(Debug)]
struct Again {
    began: Timestamp,
    times: u64,
    first: Timestamp,
    last: Timestamp,
    record: AuditRecord,
}

impl Refusals {
    fn open(&self) -> MutexGuard<'_, HashMap<Key, Again>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a refusal. True for the first, which is to be written down now.
    fn is_first(&self, source: String, kind: Kind, record: &AuditRecord) -> bool {
        let mut all = self.open();
        let mut key = (source, kind, record.activity.clone());
        if all.len() >= SOURCES_OF_REFUSALS && !all.contains_key(&key) {
            key.0 = String::new();
        }
        let at = record.at;
        if let Some(again) = all.get_mut(&key) {
            if again.times == 0 {
                again.first = at;
            }
            (again.times, again.last) = (again.times + 1, at);
            return false;
        }
        all.insert(key, Again { began: at, times: 0, first: at, last: at, record: record.clone() });
        true
    }

    /// Takes out what began so long ago.
    fn over(&self, before: Timestamp) -> Vec<Again> {
        self.open().extract_if(|_, again| again.began <= before).map(|(_, again)| again).collect()
    }
}

impl Again {
    /// The row that tells of all that came after the first.
    fn summary(self, now: Timestamp) -> Option<AuditRecord> {
        let (first, last) = (written(self.first), written(self.last));
        let record = AuditRecord { at: now, ..self.record };
        let record = record.detail("times", self.times).detail("first", first).detail("last", last);
        (self.times > 0).then_some(record)
    }
}

impl Engine {
    /// Whether this refusal gets a row now, in a transaction of the caller's.
    pub(crate) fn is_first_refusal(&self, visit: &Visit, kind: Kind, record: &AuditRecord) -> bool {
        self.refusals.is_first(visit.address.key(), kind, record)
    }

    /// Writes a refusal down: at once, or with the others.
    pub(crate) async fn note_refused(&self, visit: &Visit, kind: Kind, record: &AuditRecord) -> Result<()> {
        if !self.is_first_refusal(visit, kind, record) {
            return Ok(());
        }
        let mut tx = self.store.write().await?;
        tx.append(record).await?;
        tx.commit().await
    }

    /// Writes down what was counted: what is over; with `all`, because the server ends, the rest as well.
    pub async fn close_refusals(&self, all: bool) -> Result<()> {
        let now = self.now();
        let before = if all { Timestamp(i64::MAX) } else { now.minus(REFUSALS_TOGETHER) };
        let over = self.refusals.over(before);
        let records: Vec<_> = over.into_iter().filter_map(|again| again.summary(now)).collect();
        if records.is_empty() {
            return Ok(());
        }
        let mut tx = self.store.write().await?;
        tx.append_all(&records).await?;
        tx.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t137_what_memory_holds_is_bounded() {
        let refusals = Refusals::default();
        let record = AuditRecord::default();
        let first = (0..2 * SOURCES_OF_REFUSALS)
            .filter(|number| refusals.is_first(number.to_string(), Kind::OutOfTurn, &record))
            .count();
        assert_eq!(first, SOURCES_OF_REFUSALS + 1, "one more for all the others together");
        assert_eq!(refusals.open().len(), first);
    }
}
