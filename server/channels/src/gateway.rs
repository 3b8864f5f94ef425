//! Gateways for text messages and calls, over HTTP: the shape of Twilio's interface, which many speak, and a signed
//! webhook for everything else.

mod sign;
mod twilio;
mod twiml;
mod webhook;

use std::sync::Arc;

use async_trait::async_trait;
use regain_core::secret::Secret;

use crate::outside::{Outside, Reply};
use crate::{Channel, Message, SendError};

pub use sign::{twilio_signature, verify_twilio, verify_webhook, webhook_signature};
pub use twiml::{code_heard, goodbye};

/// How a gateway is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `POST …/2010-04-01/Accounts/{sid}/Messages.json` and `Calls.json`.
    Twilio,
    /// One signed POST with JSON.
    Webhook,
}

impl Kind {
    /// All of them, as pages list them.
    pub const ALL: [Kind; 2] = [Kind::Twilio, Kind::Webhook];

    /// The name in rows and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Twilio => "twilio",
            Self::Webhook => "webhook",
        }
    }

    /// Reads the name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A gateway, ready to send.
#[derive(Clone, Debug)]
pub struct Gateway {
    /// How it is spoken to.
    pub kind: Kind,
    /// Where it is: for Twilio the part before `/2010-04-01`.
    pub url: String,
    /// The account's SID; empty for webhooks.
    pub account: String,
    /// The number or name that people see.
    pub sender: String,
    /// The account's token, or the key that signs.
    pub secret: Secret,
    /// Where requests may go.
    pub outside: Arc<Outside>,
}

#[async_trait]
impl Channel for Gateway {
    async fn send(&self, message: &Message) -> Result<(), SendError> {
        let Some(to) = message.to.first() else {
            return Err(SendError::Permanent("the message has no number".to_owned()));
        };
        match self.kind {
            Kind::Twilio => self.send_twilio(to, message).await,
            Kind::Webhook => self.send_webhook(to, message).await,
        }
    }
}

/// What a status means, where the body says nothing better. Only an answer that surely refuses is a failure that
/// another gateway may make good: what stands before a gateway (502, 504) does not know what the gateway did.
fn judge(reply: &Reply) -> Result<(), SendError> {
    let text = |text: &str| text.to_owned();
    match reply.status {
        200..=299 => Ok(()),
        401 | 403 => Err(SendError::Temporary(text("the gateway refuses our name or secret"))),
        400 | 422 => Err(SendError::Permanent(text("the gateway refuses the message"))),
        408 | 502 | 504 => {
            Err(SendError::Unknown(text("the gateway does not say whether it took the message")))
        }
        429 => Err(SendError::Temporary(text("the gateway asks us to slow down"))),
        300..=399 => Err(SendError::Temporary(text("the gateway redirects, which is not followed"))),
        _ => Err(SendError::Temporary(text("the gateway did not take the message"))),
    }
}
