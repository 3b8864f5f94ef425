//! Messages that left in demo mode.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use serde::Serialize;

use crate::outcome::Failure;

/// A message as `/demo/outbox.json` shows it.
#[derive(Clone, Debug, Serialize)]
pub struct SentMessage {
    /// Row id.
    pub id: String,
    /// `email`, `sms`, `voice` or `push`.
    pub channel: String,
    /// Addresses or numbers.
    pub to: Vec<String>,
    /// Empty for text messages.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// Empty for text messages.
    pub html: String,
    /// RFC 3339, UTC.
    pub at: String,
    /// The same moment, for people.
    #[serde(skip)]
    pub sent_at: Timestamp,
}

/// Messages that left in demo mode.
#[async_trait]
pub trait DemoOutbox: Send + Sync {
    /// Newest first, at most 500. [`Failure::NotFound`] outside demo mode.
    async fn sent_messages(&self) -> Result<Vec<SentMessage>, Failure>;
}
