//! What only maintenance does: sealing anew under another key, and making a restored copy safe.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::{Method, Result};

/// What a restored copy held that must not come back to life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Voided {
    /// Sessions that were ended.
    pub sessions: u64,
    /// Flows that were closed.
    pub flows: u64,
    /// Challenges that were superseded.
    pub challenges: u64,
    /// Messages that were given up.
    pub messages: u64,
}

/// Maintenance, while no server runs.
#[async_trait]
pub trait Maintenance {
    /// Methods with a sealed seed, by id, after `after`.
    async fn sealed_methods(&mut self, after: Uuid, limit: i64) -> Result<Vec<Method>>;
    /// Replaces a sealed seed, if it is still `old`.
    async fn reseal_method(&mut self, id: Uuid, old: &[u8], new: &[u8]) -> Result<bool>;
    /// Ends every session with what hangs on it, closes every open flow, supersedes every open challenge, ends every call
    /// to the help desk, deletes every temporary pass (it may have been used up or deleted since), gives up every waiting
    /// code and every notice written before `notices_before`.
    async fn void_all(&mut self, notices_before: Timestamp, at: Timestamp) -> Result<Voided>;
    /// Takes every time step up to `until` for every authenticator, by its own clock: codes shown until then work no more.
    async fn raise_steps(&mut self, until: Timestamp) -> Result<u64>;
}
