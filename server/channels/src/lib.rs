//! How a message leaves: one trait, a file for each way out.

use async_trait::async_trait;

mod push;
mod smtp;

pub use push::{Push, PushError, PushTo, WebPush};
pub use smtp::{Smtp, SmtpUrlError};

/// A message, ready to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Stable over retries: the receiver can tell a second copy.
    pub id: String,
    /// Addresses or numbers.
    pub to: Vec<String>,
    /// The subject of a mail; empty otherwise.
    pub subject: String,
    /// Plain text, complete in itself.
    pub text: String,
    /// The same as HTML; empty where there is none.
    pub html: String,
    /// Language tag.
    pub locale: String,
    /// The organisation's name, for the sender.
    pub sender_name: String,
}

/// Why a message did not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It did not leave; later it may.
    #[error("{0}")]
    Temporary(String),
    /// It did not leave and never will.
    #[error("{0}")]
    Permanent(String),
    /// It may have left: the connection broke after the message was handed over.
    #[error("{0}")]
    Unknown(String),
}

/// A way out.
#[async_trait]
pub trait Channel: Send + Sync {
    /// Sends one message, within 20 seconds.
    async fn send(&self, message: &Message) -> Result<(), SendError>;
}
