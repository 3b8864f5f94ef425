//! Calls to the help desk, and what was proved for each.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::{Challenge, Result};

/// An administrator has somebody on the phone.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HelpCall {
    /// Row id.
    pub id: Uuid,
    /// The administrator.
    pub admin_id: Uuid,
    /// Who the caller says to be.
    pub user_id: Uuid,
    /// Of the administrator's session.
    pub support_code: String,
    /// When the first thing was asked.
    pub opened_at: Timestamp,
    /// Until when anything of it counts.
    pub expires_at: Timestamp,
    /// Why less than a reset demands is enough.
    pub overridden_by: Option<String>,
    /// When it was ended before its time.
    pub ended_at: Option<Timestamp>,
}

/// An answer that was right.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HelpCallProof {
    /// The challenge that was answered.
    pub challenge_id: Uuid,
    /// The call in which it counts.
    pub help_call_id: Uuid,
    /// Which method.
    pub method: String,
    /// Which of the person's methods; `None` for what was entered for the person.
    pub method_id: Option<Uuid>,
    /// Where the code went.
    pub destination: Option<String>,
    /// When.
    pub proved_at: Timestamp,
}

/// Calls to the help desk.
#[async_trait]
pub trait HelpCalls {
    /// Keeps a call.
    async fn add_help_call(&mut self, call: &HelpCall) -> Result<()>;
    /// A call, whatever its state.
    async fn help_call(&mut self, id: Uuid) -> Result<Option<HelpCall>>;
    /// The newest call of this administrator about this person, if it goes on.
    async fn open_help_call(
        &mut self,
        admin_id: Uuid,
        user_id: Uuid,
        now: Timestamp,
    ) -> Result<Option<HelpCall>>;
    /// Notes that less is enough. False when the call is over.
    async fn override_help_call(&mut self, id: Uuid, by: &str, now: Timestamp) -> Result<bool>;
    /// Records an answer. False when the call is over: nothing of it counts.
    async fn add_help_call_proof(&mut self, proof: &HelpCallProof) -> Result<bool>;
    /// What was proved for a call, first to last.
    async fn help_call_proofs(&mut self, id: Uuid) -> Result<Vec<HelpCallProof>>;
    /// The newest challenge of a call.
    async fn help_call_challenge(&mut self, id: Uuid) -> Result<Option<Challenge>>;
    /// Ends every call about a person, for good, and deletes the temporary pass that nobody used yet.
    async fn end_help_calls(&mut self, user_id: Uuid, now: Timestamp) -> Result<()>;
    /// Deletes calls that ran out before `before`. Returns how many.
    async fn sweep_help_calls(&mut self, before: Timestamp) -> Result<u64>;
}
