//! Messages that wait to leave, written in the transaction that caused them; and the demo outbox they end in.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A message to send.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OutboxMessage {
    /// Row id; also the stable part of its Message-ID.
    pub id: Uuid,
    /// `email`, `sms`, `voice`, `push`; or what a job turns into such messages.
    pub channel: String,
    /// `code` (leaves at most once) or `notice` (at least once).
    pub purpose: String,
    /// Addresses, as a JSON array; empty for a code that nobody is to get.
    pub recipients: String,
    /// Which text.
    pub template: String,
    /// Its arguments, as a JSON object of strings; never a secret.
    pub params: String,
    /// The code, or the end of the link of a notice, sealed; wiped when the message has left or a code has died.
    pub sealed: Option<Vec<u8>>,
    /// Language tag.
    pub locale: String,
    /// The flow's or session's support code.
    pub support_code: String,
    /// When it was written.
    pub created_at: Timestamp,
    /// After this it is dropped.
    pub dies_at: Option<Timestamp>,
    /// The challenge whose code it carries.
    pub challenge_id: Option<Uuid>,
    /// Not before this.
    pub due_at: Timestamp,
    /// How often it was claimed.
    pub tries: i64,
    /// Who claimed it holds it until then.
    pub claimed_until: Option<Timestamp>,
    /// When it left.
    pub sent_at: Option<Timestamp>,
    /// When it was given up.
    pub parked_at: Option<Timestamp>,
    /// The last failure.
    pub error: Option<String>,
}

impl OutboxMessage {
    /// Whether it was written for the time that it takes alone: nobody is to get it.
    pub fn is_for_nobody(&self) -> bool {
        self.recipients == "[]"
    }
}

/// A message that left in demo mode.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DemoMessage {
    /// Row id.
    pub id: Uuid,
    /// `email`, `sms`, `voice`, `push`.
    pub channel: String,
    /// Addresses, as a JSON array.
    pub recipients: String,
    /// Subject; empty for text messages.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// HTML; empty for text messages.
    pub html: String,
    /// When it left.
    pub sent_at: Timestamp,
}

/// The outbox.
#[async_trait]
pub trait Outbox {
    /// Writes a message.
    async fn enqueue(&mut self, message: &OutboxMessage) -> Result<()>;
    /// Whether anything is due that nobody holds.
    async fn outbox_is_due(&mut self, now: Timestamp) -> Result<bool>;
    /// Claims up to `limit` due messages until `until`, so that no other worker takes them. Each claim is a try.
    async fn claim(&mut self, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<OutboxMessage>>;
    /// The message has left; what was sealed is wiped.
    async fn mark_sent(&mut self, id: Uuid, at: Timestamp) -> Result<()>;
    /// Try again at `due_at`.
    async fn retry_at(&mut self, id: Uuid, due_at: Timestamp, error: &str) -> Result<()>;
    /// Forgets the last failure, before the next try begins: from here on the outcome is unknown until it is written.
    async fn forget_error(&mut self, id: Uuid) -> Result<()>;
    /// Give it up; its code is wiped. A notice may be tried once more, and then has the same link.
    async fn park(&mut self, id: Uuid, error: &str, at: Timestamp) -> Result<()>;
    /// What was given up, newest first.
    async fn parked(&mut self, limit: i64) -> Result<Vec<OutboxMessage>>;
    /// A notice that was given up is tried once more, from the beginning. A code never is.
    async fn unpark(&mut self, id: Uuid, now: Timestamp) -> Result<bool>;
    /// How many wait, and how many were given up.
    async fn outbox_counts(&mut self) -> Result<(i64, i64)>;
    /// Deletes what left or was given up before `before`.
    async fn sweep_outbox(&mut self, before: Timestamp) -> Result<u64>;

    /// Keeps a message of demo mode.
    async fn add_demo_message(&mut self, message: &DemoMessage) -> Result<()>;
    /// Messages of demo mode, newest first.
    async fn demo_messages(&mut self, limit: i64) -> Result<Vec<DemoMessage>>;
}
