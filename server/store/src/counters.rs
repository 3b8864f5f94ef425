//! Counters that limits rest on, smart lockout, and tokens that work once. In the database, so that no new code, flow,
//! session, node or restart resets them.

use async_trait::async_trait;
use regain_core::time::{Duration, Timestamp};

use crate::Result;

/// A counter's state after it was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counter {
    /// How many in the window, this one included.
    pub count: i64,
    /// When the window began.
    pub started_at: Timestamp,
    /// Locked until then, if it was locked.
    pub locked_until: Option<Timestamp>,
}

/// What is kept by how its keys begin, so many and no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trimmed {
    /// Counters; the newest are those whose window began last.
    Counters,
    /// Lockouts; the newest are those that changed last.
    Lockouts,
}

/// Counters, lockouts, spent tokens.
#[async_trait]
pub trait Counters {
    /// Counts one under `key`, atomically. A window older than `window` begins anew.
    async fn count(&mut self, key: &str, window: Duration, now: Timestamp) -> Result<Counter>;
    /// Takes one count back, not below zero: what was counted first turned out right.
    async fn uncount(&mut self, key: &str) -> Result<()>;
    /// The counter, if its window or lock still runs.
    async fn counter(&mut self, key: &str, window: Duration, now: Timestamp) -> Result<Option<Counter>>;
    /// Until when each of these keys is locked; which is not is missing.
    async fn locks(&mut self, keys: &[String], now: Timestamp) -> Result<Vec<(String, Timestamp)>>;
    /// Counts one under `key`, and tells how many there were in the `window` that ends now. It is kept by half windows,
    /// so what is up to one and a half windows old may count still: never too few, wherever a window begins.
    async fn count_recent(&mut self, key: &str, window: Duration, now: Timestamp) -> Result<i64>;
    /// Takes one back that was counted so.
    async fn uncount_recent(&mut self, key: &str, window: Duration, now: Timestamp) -> Result<()>;
    /// How many were counted so in the `window` that ends now.
    async fn recent(&mut self, key: &str, window: Duration, now: Timestamp) -> Result<i64>;
    /// Locks `key` until `until`, or leaves a longer lock.
    async fn lock_counter(&mut self, key: &str, until: Timestamp, now: Timestamp) -> Result<()>;
    /// Forgets `key`.
    async fn clear_counter(&mut self, key: &str) -> Result<()>;
    /// Forgets every key that begins with `prefix`.
    async fn clear_counters(&mut self, prefix: &str) -> Result<u64>;
    /// Deletes counters whose window began before `before` and whose lock is over.
    async fn sweep_counters(&mut self, before: Timestamp, now: Timestamp) -> Result<u64>;
    /// Deletes the oldest counters or lockouts whose keys begin with `prefix`, but for `keep` of them.
    async fn trim(&mut self, what: Trimmed, prefix: &str, keep: i64) -> Result<u64>;

    /// The smart-lockout state (JSON) of an account at a kind of place.
    async fn lockout(&mut self, account: &str, place: &str) -> Result<Option<String>>;
    /// Writes it.
    async fn set_lockout(&mut self, account: &str, place: &str, body: &str, at: Timestamp) -> Result<()>;
    /// Forgets it, for all places.
    async fn clear_lockout(&mut self, account: &str) -> Result<u64>;
    /// Forgets lockouts that did not change since `before`.
    async fn sweep_lockouts(&mut self, before: Timestamp) -> Result<u64>;

    /// Spends a token. False when it was spent before.
    async fn spend_token(&mut self, id: &str, expires_at: Timestamp) -> Result<bool>;
    /// Forgets tokens that expired.
    async fn sweep_tokens(&mut self, now: Timestamp) -> Result<u64>;
}
