//! A sign of life that is written down: whether the database takes writes, and how far its servers' clocks have come.

use async_trait::async_trait;
use regain_core::time::Timestamp;

use crate::Result;

/// What a job writes every few seconds.
#[async_trait]
pub trait Heartbeat {
    /// Takes room and gives it back, so that a database that cannot grow fails here as it would fail others, and notes
    /// that `now` was seen. Returns the latest instant that any server saw.
    async fn beat(&mut self, now: Timestamp) -> Result<Timestamp>;
    /// The latest instant that any server saw.
    async fn latest_seen(&mut self) -> Result<Timestamp>;
    /// Forgets that any instant after `to` was seen.
    async fn put_time_back(&mut self, to: Timestamp) -> Result<()>;
}
