//! What became of transactions that are committed together.

use tokio::sync::watch;

use crate::{Error, Result, Trouble};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It can still be said to be lost.
    Open,
    /// The database is asked to make it durable: what it answers is what holds.
    Closing,
    Durable,
    Lost(Trouble),
}

/// Whoever waits for the outcome.
#[derive(Clone, Debug)]
pub(crate) struct Pending(watch::Receiver<Outcome>);

impl Pending {
    pub(crate) const fn new(outcome: watch::Receiver<Outcome>) -> Self {
        Self(outcome)
    }

    /// Returns when all of it is durable.
    pub(crate) async fn settled(mut self) -> Result<()> {
        let is_settled = |outcome: &Outcome| matches!(outcome, Outcome::Durable | Outcome::Lost(_));
        match self.0.wait_for(is_settled).await.as_deref() {
            Ok(Outcome::Durable) => Ok(()),
            Ok(Outcome::Lost(trouble)) => Err(Error::Unavailable(*trouble)),
            // The process ends.
            _ => Err(Error::Unavailable(Trouble::Connection)),
        }
    }
}
