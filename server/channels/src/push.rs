//! Web Push (RFC 8030): a message through the push service of a phone's browser, which cannot read it.
//!
//! What is sent says that there is something to answer, and nothing else: no name, no number.

mod client;
mod encrypt;
mod services;
mod vapid;

use p256::SecretKey;
use regain_core::entropy::Entropy;
use regain_core::secret::SecretBytes;
use regain_core::time::{Duration, Timestamp};

use crate::Proxy;
use client::Client;
pub use services::PushServices;
use vapid::Vapid;

/// Where a message goes: a subscription, as the browser gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushTo {
    /// The push service's address for it.
    pub endpoint: String,
    /// The browser's public key, P-256, uncompressed.
    pub key: Vec<u8>,
    /// The browser's secret of sixteen bytes.
    pub auth: Vec<u8>,
}

impl PushTo {
    /// Whether a message could be made for it: a point of the curve, sixteen bytes.
    pub fn is_sound(&self) -> bool {
        p256::PublicKey::from_sec1_bytes(&self.key).is_ok() && self.auth.len() == 16
    }
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    /// What the browser's worker gets; at most 3,000 bytes.
    pub content: Vec<u8>,
    /// How long the push service keeps it for a phone that is off.
    pub life: Duration,
    /// A later message of the same topic takes its place; at most 32 characters of base64url.
    pub topic: String,
}

/// Why a message did not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PushError {
    /// The subscription is over; it will never work again.
    #[error("the subscription is over")]
    Gone,
    /// Not now; after this time, if the service said.
    #[error("not now: {1}")]
    Later(Option<Duration>, String),
    /// It cannot leave like this.
    #[error("{0}")]
    Refused(String),
}

/// The way out to push services.
pub struct WebPush {
    vapid: Vapid,
    client: Client,
}

impl WebPush {
    /// `key` identifies this installation to push services for ever; `contact` is whom they may ask, a `mailto:` or
    /// `https:` address.
    /// Messages go to push services that are public, and to the listed ones wherever they live.
    pub fn new(
        key: &SecretBytes,
        contact: &str,
        services: PushServices,
        proxy: Option<Proxy>,
    ) -> Option<Self> {
        let key = SecretKey::from_slice(key.expose()).ok()?;
        Some(Self { vapid: Vapid::new(&key, contact), client: Client::new(services, proxy) })
    }

    /// The public key that browsers ask for when they subscribe, in base64url.
    pub fn public_key(&self) -> &str {
        self.vapid.public_key()
    }

    /// Whether a subscription can be kept: a message can be made for it, and its address, as far as it can be judged
    /// without asking for its name, is one that messages may go to.
    pub fn takes(&self, to: &PushTo) -> bool {
        to.is_sound() && self.client.allows(&to.endpoint)
    }

    /// Sends one message, within 20 seconds.
    pub async fn send(
        &self,
        to: &PushTo,
        push: &Push,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<(), PushError> {
        let refused = |what: &str| PushError::Refused(what.to_owned());
        let uri: http::Uri = to.endpoint.parse().map_err(|_| refused("the endpoint is no address"))?;
        let body = encrypt::encrypt(&push.content, to, entropy)
            .ok_or_else(|| refused("the message cannot be encrypted for this subscription"))?;
        let authorization = self.vapid.authorization(&uri, now).ok_or_else(|| refused("no signature"))?;
        let request = http::Request::post(uri)
            .header("authorization", authorization)
            .header("content-encoding", "aes128gcm")
            .header("content-type", "application/octet-stream")
            .header("ttl", push.life.as_secs())
            .header("urgency", "high")
            .header("topic", &push.topic)
            .body(body)
            .map_err(|error| PushError::Refused(error.to_string()))?;
        let answer = self.client.post(request).await?;
        match answer.status {
            200..=299 => Ok(()),
            404 | 410 => Err(PushError::Gone),
            429 | 500..=599 => {
                Err(PushError::Later(answer.retry_after, format!("the push service said {}", answer.status)))
            }
            status => Err(PushError::Refused(format!("the push service said {status}"))),
        }
    }
}

/// A secret key of the curve. Numbers that are none are drawn again; there are next to none of them.
fn draw_key(entropy: &dyn Entropy) -> SecretKey {
    loop {
        let mut bytes = [0; 32];
        entropy.fill(&mut bytes);
        if let Ok(key) = SecretKey::from_slice(&bytes) {
            return key;
        }
    }
}
