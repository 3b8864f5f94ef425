//! Temporary passes.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A person's temporary pass. There is one at most.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TemporaryPass {
    /// Whose.
    pub user_id: Uuid,
    /// Which: sessions name it.
    pub id: Uuid,
    /// From the hasher.
    pub verifier: String,
    /// It opens one session and no more.
    pub one_time: bool,
    /// Who issued it.
    pub issued_by: Uuid,
    /// The issuer's user principal name, which stays when the account goes.
    pub issuer: String,
    /// When.
    pub issued_at: Timestamp,
    /// When it dies.
    pub expires_at: Timestamp,
    /// When it last opened a session.
    pub used_at: Option<Timestamp>,
}

/// Temporary passes.
#[async_trait]
pub trait Passes {
    /// Keeps a pass in place of the one that the person had.
    async fn put_pass(&mut self, pass: &TemporaryPass) -> Result<()>;
    /// The pass of a person, whatever its state.
    async fn pass(&mut self, user_id: Uuid) -> Result<Option<TemporaryPass>>;
    /// Notes that the pass opens a session. False when it is over, replaced, gone, or was used up before: of two at
    /// once, one.
    async fn use_pass(&mut self, id: Uuid, now: Timestamp) -> Result<bool>;
    /// Deletes the pass of a person, and ends every session that a pass opened. False when there was no pass.
    async fn delete_pass(&mut self, user_id: Uuid) -> Result<bool>;
    /// Deletes passes that are over. Returns how many.
    async fn sweep_passes(&mut self, now: Timestamp) -> Result<u64>;
}
