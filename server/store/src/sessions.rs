//! Signed-in sessions. Only a token's SHA-256 is stored.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Session {
    /// Row id; never a capability.
    pub id: Uuid,
    /// SHA-256 of the cookie's token.
    pub token_hash: Vec<u8>,
    /// Whose.
    pub user_id: Uuid,
    /// Shown on its pages, and the correlation id of its audit rows.
    pub support_code: String,
    /// Where it began.
    pub address: String,
    /// The browser it began in.
    pub client: String,
    /// SHA-256 of that browser's cookie.
    pub browser: Option<Vec<u8>>,
    /// When an older method agreed to changes in it.
    pub agreed_at: Option<Timestamp>,
    /// Which method it was.
    pub agreed_by: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// Last request, to the minute.
    pub seen_at: Timestamp,
    /// Absolute end.
    pub expires_at: Timestamp,
    /// When a second factor was last shown.
    pub proved_at: Option<Timestamp>,
    /// Which method it was.
    pub proved_by: Option<String>,
    /// The temporary pass that opened it.
    pub pass_id: Option<Uuid>,
}

/// Sessions.
#[async_trait]
pub trait Sessions {
    /// Begins a session.
    async fn add_session(&mut self, session: &Session) -> Result<()>;
    /// The session of a token, if it has not reached its absolute end and was seen since `idle_since`.
    async fn session(
        &mut self,
        token_hash: &[u8],
        now: Timestamp,
        idle_since: Timestamp,
    ) -> Result<Option<Session>>;
    /// The session of a row id, whatever its age.
    async fn session_by_id(&mut self, id: Uuid) -> Result<Option<Session>>;
    /// Notes a request.
    async fn touch_session(&mut self, id: Uuid, at: Timestamp) -> Result<()>;
    /// Notes a second factor and its method, and replaces the token. False when the session is gone.
    async fn prove_session(&mut self, id: Uuid, token_hash: &[u8], by: &str, at: Timestamp) -> Result<bool>;
    /// Replaces the token. False when the session is gone.
    async fn rotate_session(&mut self, id: Uuid, token_hash: &[u8]) -> Result<bool>;
    /// Forgets in everybody's sessions what a method that reaches this address or number showed, or agreed to. Returns
    /// how much. (What a method showed that is removed goes with it: [`crate::Methods::delete_method`].)
    async fn unprove_sessions(&mut self, destination: &str) -> Result<u64>;
    /// Ends a session.
    async fn end_session(&mut self, id: Uuid) -> Result<()>;
    /// Ends all sessions of a user, except one if given. Returns how many.
    async fn end_sessions(&mut self, user_id: Uuid, except: Option<Uuid>) -> Result<u64>;
    /// The user's sessions, newest first.
    async fn sessions_of(&mut self, user_id: Uuid) -> Result<Vec<Session>>;
    /// Deletes what ended before `now` or was last seen before `idle_since`.
    async fn sweep_sessions(&mut self, now: Timestamp, idle_since: Timestamp) -> Result<u64>;
    /// Keeps a text under a name until the session ends, in the place of an earlier one.
    async fn keep_draft(&mut self, session_id: Uuid, name: &str, body: &str) -> Result<()>;
    /// A kept text.
    async fn draft(&mut self, session_id: Uuid, name: &str) -> Result<Option<String>>;
    /// Forgets a kept text.
    async fn drop_draft(&mut self, session_id: Uuid, name: &str) -> Result<()>;
}
