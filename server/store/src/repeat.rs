//! Doing a request again after it ran into another one.
//!
//! A deadlock or a serialization failure undoes one of two transactions, and the same again works. A request may be done
//! again as a whole as long as it made nothing durable. What it counted before it judged stays counted, and is not
//! counted again: [`crate::Tx::commit_once`].
//!
//! Where transactions share a commit, one sees what others did before that is durable. Who commits as well is answered
//! with them. Who changes nothing and answers by what it saw waits for them here: [`Repeatable::settle`].

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use crate::Result;
use crate::outcome::Pending;

tokio::task_local! {
    static REQUEST: Arc<Repeatable>;
}

/// A request that may be done again.
#[derive(Debug, Default)]
pub struct Repeatable {
    collided: AtomicBool,
    committed: AtomicBool,
    done: Mutex<HashSet<String>>,
    /// What it saw before that was durable.
    seen: Mutex<Vec<Pending>>,
}

impl Repeatable {
    /// Does it, or does it again.
    pub async fn run<T>(self: &Arc<Self>, work: impl Future<Output = T>) -> T {
        self.collided.store(false, Ordering::SeqCst);
        REQUEST.scope(Arc::clone(self), work).await
    }

    /// Returns when everything that it saw is durable. Fails where something was lost: what it would answer is not true.
    pub async fn settle(&self) -> Result<()> {
        let seen = self.seen.lock().map(|mut seen| std::mem::take(&mut *seen)).unwrap_or_default();
        for pending in seen {
            pending.settled().await?;
        }
        Ok(())
    }

    /// Whether it ran into another one and nothing of it is durable but what is not done twice.
    pub fn may_run_again(&self) -> bool {
        self.collided.load(Ordering::SeqCst) && !self.committed.load(Ordering::SeqCst)
    }
}

/// Whether this request did `what`, before it ran into another one and began anew.
pub fn is_done(what: &str) -> bool {
    let done = |request: &Arc<Repeatable>| request.done.lock().is_ok_and(|done| done.contains(what));
    REQUEST.try_with(done).unwrap_or(false)
}

pub(crate) fn note_done(what: &str) {
    // Outside of a request nothing is done again.
    let _ =
        REQUEST.try_with(|request| request.done.lock().map(|mut done| done.insert(what.to_owned())).is_ok());
}

pub(crate) fn note_commit() {
    let _ = REQUEST.try_with(|request| request.committed.store(true, Ordering::SeqCst));
}

pub(crate) fn note_collision() {
    let _ = REQUEST.try_with(|request| request.collided.store(true, Ordering::SeqCst));
}

pub(crate) fn note_seen(pending: Pending) {
    let _ = REQUEST.try_with(|request| request.seen.lock().map(|mut seen| seen.push(pending)).is_ok());
}

/// The same as [`Repeatable::settle`] for the request that this is part of.
pub(crate) async fn settle() -> Result<()> {
    match REQUEST.try_with(Arc::clone) {
        Ok(request) => request.settle().await,
        Err(_) => Ok(()),
    }
}
