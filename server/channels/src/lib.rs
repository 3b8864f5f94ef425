//! How a message leaves: one trait, a file for each way out.

use async_trait::async_trait;
use regain_core::time::Timestamp;

pub mod gateway;
mod outside;
mod push;
mod smtp;

pub use gateway::Gateway;
pub use outside::{Outside, Proxy, UrlProblem};
pub use push::{Push, PushError, PushServices, PushTo, WebPush};
pub use smtp::{Smtp, SmtpUrlError};

/// The address of the logo in a mail's HTML (RFC 2392).
pub const LOGO: &str = "cid:logo";

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
    /// The organisation's logo (PNG), which the HTML shows at [`LOGO`]. It travels with the mail: a picture that is
    /// fetched would tell who opened it, and when.
    pub logo: Option<Vec<u8>>,
    /// Language tag.
    pub locale: String,
    /// The organisation's name, for the sender.
    pub sender_name: String,
    /// Where answers to a mail go; `None` for nowhere but the sender.
    pub reply_to: Option<String>,
    /// When it leaves; signed requests say it.
    pub at: Timestamp,
    /// Where a gateway reports what became of it.
    pub receipt_url: Option<String>,
    /// What is said when the call is answered; `None` for what is not a call.
    pub call: Option<Call>,
}

/// A call: who answers is asked for a key first, so that no voicemail ever hears a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Where the gateway tells which key was pressed, and learns what to say then.
    pub answer_url: String,
    /// Who calls and why, and which key does what.
    pub greeting: String,
    /// The same once more, shorter.
    pub prompt: String,
    /// Said when nobody pressed a key.
    pub silence: String,
    /// The extension to dial behind the number, digits only.
    pub extension: Option<String>,
}

/// Why a message did not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It did not leave; later, or by another way, it may.
    #[error("{0}")]
    Temporary(String),
    /// It did not leave and never will.
    #[error("{0}")]
    Permanent(String),
    /// It did not leave and never will, because there is no such address or number.
    #[error("{0}")]
    NoSuchDestination(String),
    /// It did not leave: the number lately moved to another SIM card, perhaps into other hands (T66).
    #[error("the number's SIM card was changed lately")]
    SimChanged,
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
