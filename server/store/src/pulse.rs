//! Whether the database takes what is written to it: told by every writing transaction, ours and a job's.

use std::sync::Mutex;
use std::time::Duration;

use tokio::time::Instant;

use crate::trouble::Trouble;

/// What the last writers met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Writing {
    /// How long ago something was last made durable; `None` before the first time.
    pub last: Option<Duration>,
    /// What the last writer ran into, unless something was made durable since.
    pub trouble: Option<Trouble>,
    /// How long ago either of them was.
    pub heard: Option<Duration>,
    /// How many transactions were made durable.
    pub transactions: u64,
    /// How many commits that took: on SQLite several transactions share one.
    pub commits: u64,
}

#[derive(Debug, Default)]
struct State {
    wrote: Option<Instant>,
    heard: Option<Instant>,
    trouble: Option<Trouble>,
    transactions: u64,
    commits: u64,
}

/// Kept for each process: each may have a way of its own to the database.
#[derive(Debug, Default)]
pub(crate) struct Pulse(Mutex<State>);

impl Pulse {
    /// So many transactions were made durable by one commit.
    pub(crate) fn wrote(&self, transactions: u64) {
        let Ok(mut state) = self.0.lock() else { return };
        state.transactions += transactions;
        state.commits += 1;
        let now = Some(Instant::now());
        (state.wrote, state.heard) = (now, now);
        if let Some(trouble) = state.trouble.take() {
            tracing::info!(%trouble, "the database takes writes again");
        }
    }

    /// A writer failed. What is wrong with one query, or collides with another, says nothing about the next one.
    pub(crate) fn failed(&self, error: &sqlx::Error) {
        let Some(trouble) = Trouble::of(error).filter(|trouble| *trouble != Trouble::Collision) else {
            return;
        };
        let Ok(mut state) = self.0.lock() else { return };
        state.heard = Some(Instant::now());
        if state.trouble.replace(trouble) != Some(trouble) {
            tracing::error!(%error, %trouble, "the database cannot be written");
        }
    }

    pub(crate) fn writing(&self) -> Writing {
        let Ok(state) = self.0.lock() else { return Writing::default() };
        Writing {
            last: state.wrote.map(|at| at.elapsed()),
            trouble: state.trouble,
            heard: state.heard.map(|at| at.elapsed()),
            transactions: state.transactions,
            commits: state.commits,
        }
    }
}
