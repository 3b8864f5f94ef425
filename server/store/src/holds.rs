//! The last reset of a person, after which methods stay as they are for a time.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// What is known of that reset.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Hold {
    /// Whose.
    pub user_id: Uuid,
    /// When the password was set.
    pub reset_at: Timestamp,
    /// What took part in it, as JSON.
    pub proofs: String,
    /// SHA-256 of the cookie of the phone's browser that approved it.
    pub approver: Option<Vec<u8>>,
    /// When a sign-in took one of its proofs for the second factor.
    pub carried_at: Option<Timestamp>,
}

/// Holds.
#[async_trait]
pub trait Holds {
    /// Begins a hold; it takes the place of an earlier one.
    async fn begin_hold(&mut self, hold: &Hold) -> Result<()>;
    /// The person's last reset, however long ago.
    async fn hold(&mut self, user_id: Uuid) -> Result<Option<Hold>>;
    /// Takes a proof of this reset for a sign-in. False when one was taken before, or another reset followed.
    async fn carry_hold(&mut self, user_id: Uuid, reset_at: Timestamp, at: Timestamp) -> Result<bool>;
    /// Ends a hold before its time.
    async fn end_hold(&mut self, user_id: Uuid) -> Result<bool>;
    /// Notes that an older method agreed to changes in this session, and gives it a new token. False when it is over.
    async fn agree_session(&mut self, id: Uuid, token_hash: &[u8], by: &str, at: Timestamp) -> Result<bool>;
    /// Forgets resets from before `before`.
    async fn sweep_holds(&mut self, before: Timestamp) -> Result<u64>;
}
