//! Reset flows, challenges, proofs.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A reset flow, or a decoy that walks like one.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Flow {
    /// Row id; never a capability.
    pub id: Uuid,
    /// SHA-256 of the cookie's token.
    pub token_hash: Vec<u8>,
    /// Shown on every page of the flow; the correlation id of its audit rows.
    pub support_code: String,
    /// The username as typed.
    pub typed: String,
    /// What limits count for: the account, known or not.
    pub account: String,
    /// The person; `None` for a decoy.
    pub user_id: Option<Uuid>,
    /// `reset` or `unlock`, once chosen.
    pub intent: Option<String>,
    /// The method being verified now.
    pub method: Option<String>,
    /// What else its pages need, as JSON.
    pub body: String,
    /// Where it began.
    pub address: String,
    /// The browser it began in.
    pub client: String,
    /// SHA-256 of that browser's cookie, where it keeps one.
    pub browser: Option<Vec<u8>>,
    /// Language of its messages.
    pub locale: String,
    /// When it began.
    pub created_at: Timestamp,
    /// Absolute end; activity does not move it.
    pub expires_at: Timestamp,
    /// When it ended, by success or otherwise.
    pub closed_at: Option<Timestamp>,
    /// How it ended.
    pub outcome: Option<String>,
}

/// A new flow; the columns that start empty are left out.
pub type NewFlow = Flow;

/// One thing to prove: a code that was sent, a code from an app, answers.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Challenge {
    /// Row id.
    pub id: Uuid,
    /// The flow it belongs to, or
    pub flow_id: Option<Uuid>,
    /// the session it belongs to, or
    pub session_id: Option<Uuid>,
    /// the call to the help desk that it is for.
    pub help_call_id: Option<Uuid>,
    /// Whose; `None` for a decoy.
    pub user_id: Option<Uuid>,
    /// What a proof is good for: `reset`, `register`, `step_up`.
    pub purpose: String,
    /// Which method.
    pub method: String,
    /// Which of the person's methods, if it is a registered one.
    pub method_id: Option<Uuid>,
    /// Where its code went.
    pub destination: Option<String>,
    /// HMAC of its code; `None` where the verifier is elsewhere.
    pub mac: Option<Vec<u8>>,
    /// Tries so far, counted before they are compared.
    pub attempts: i64,
    /// When it began.
    pub created_at: Timestamp,
    /// When it dies.
    pub expires_at: Timestamp,
    /// When the right answer came.
    pub consumed_at: Option<Timestamp>,
    /// When a newer one replaced it.
    pub superseded_at: Option<Timestamp>,
}

/// A new challenge.
pub type NewChallenge = Challenge;

/// A gate that was passed.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Proof {
    /// Row id.
    pub id: Uuid,
    /// The flow in which it counts.
    pub flow_id: Uuid,
    /// The challenge that was answered.
    pub challenge_id: Uuid,
    /// Which method.
    pub method: String,
    /// Which of the person's methods.
    pub method_id: Option<Uuid>,
    /// Where the code went.
    pub destination: Option<String>,
    /// When.
    pub verified_at: Timestamp,
}

/// Flows, challenges, proofs.
#[async_trait]
pub trait Flows {
    /// Begins a flow.
    async fn add_flow(&mut self, flow: &NewFlow) -> Result<()>;
    /// The flow of a token, whatever its state.
    async fn flow(&mut self, token_hash: &[u8]) -> Result<Option<Flow>>;
    /// The flow of a row id, whatever its state.
    async fn flow_by_id(&mut self, id: Uuid) -> Result<Option<Flow>>;
    /// The newest flow with this support code.
    async fn flow_by_support_code(&mut self, support_code: &str) -> Result<Option<Flow>>;
    /// Writes intent, method and body of a flow that is still open. False when it is closed.
    async fn update_flow(&mut self, flow: &Flow) -> Result<bool>;
    /// Replaces the token of an open flow, after a gate was passed. False when it is closed.
    async fn rotate_flow(&mut self, id: Uuid, token_hash: &[u8]) -> Result<bool>;
    /// Closes a flow. False when it was closed already: only one caller gets true.
    async fn close_flow(&mut self, id: Uuid, outcome: &str, at: Timestamp) -> Result<bool>;
    /// Closes every other open flow of the user. Returns how many.
    async fn close_flows(
        &mut self,
        user_id: Uuid,
        except: Option<Uuid>,
        outcome: &str,
        at: Timestamp,
    ) -> Result<u64>;
    /// Flows that ran out unclosed before `now`, oldest first.
    async fn abandoned_flows(&mut self, now: Timestamp, limit: i64) -> Result<Vec<Flow>>;

    /// Begins a challenge; open ones of the same holder and purpose are superseded.
    async fn add_challenge(&mut self, challenge: &NewChallenge) -> Result<()>;
    /// A challenge, whatever its state.
    async fn challenge_by_id(&mut self, id: Uuid) -> Result<Option<Challenge>>;
    /// The newest challenge of a flow.
    async fn flow_challenge(&mut self, flow_id: Uuid) -> Result<Option<Challenge>>;
    /// The newest challenge of a session for this purpose.
    async fn session_challenge(&mut self, session_id: Uuid, purpose: &str) -> Result<Option<Challenge>>;
    /// Whether a code for this challenge is still wanted.
    async fn challenge_is_open(&mut self, id: Uuid, now: Timestamp) -> Result<bool>;
    /// The user's challenges with a code that was used or replaced, of one purpose and method, since then.
    async fn spent_challenges(
        &mut self,
        user_id: Uuid,
        purpose: &str,
        method: &str,
        since: Timestamp,
    ) -> Result<Vec<Challenge>>;
    /// Counts a try, if the challenge is open and below `most`. `None`: there is nothing to compare with.
    async fn count_try(&mut self, id: Uuid, most: i64, now: Timestamp) -> Result<Option<i64>>;
    /// Takes a try back, not below zero: nothing could be compared.
    async fn uncount_try(&mut self, id: Uuid) -> Result<()>;
    /// Consumes an open challenge. False when somebody was faster, or it died: the answer does not count.
    async fn consume_challenge(&mut self, id: Uuid, now: Timestamp) -> Result<bool>;
    /// Supersedes one challenge, if it is open.
    async fn void_challenge(&mut self, id: Uuid, at: Timestamp) -> Result<()>;
    /// Supersedes every open challenge of the user, wherever it belongs, and ends every call to the help desk about the
    /// user: what was under way with the methods of before is over.
    async fn void_challenges(&mut self, user_id: Uuid, at: Timestamp) -> Result<u64>;

    /// Records a passed gate.
    async fn add_proof(&mut self, proof: &Proof) -> Result<()>;
    /// The gates passed in a flow, first to last.
    async fn proofs(&mut self, flow_id: Uuid) -> Result<Vec<Proof>>;
    /// Deletes closed or run-out flows and dead challenges from before `before`.
    async fn sweep_flows(&mut self, before: Timestamp) -> Result<u64>;
}
