//! Gateways: who carries text messages and calls, in which order, and what may be sent.

pub(crate) mod calls;
pub(crate) mod caps;
pub(crate) mod deliver;
pub mod edit;
mod failures;

use std::sync::{Arc, RwLock};

use regain_channels::Gateway;
use regain_channels::gateway::Kind;
use regain_core::method::Delivery;
use regain_core::secret::Secret;
use regain_store::{GatewayRow, Result};
use uuid::Uuid;

use crate::engine::Engine;
use crate::messages::Channel;

pub(crate) use failures::mark;

/// What gateways' secrets are sealed for.
const SEAL: &str = "gateway";

/// The gateways as they were last read. Pages ask which methods work far more often than gateways change.
#[derive(Default)]
pub struct GatewayCache(RwLock<Arc<Vec<GatewayRow>>>);

impl Engine {
    /// Reads the gateways again: at start, every few seconds, and after this node changed them.
    pub async fn refresh_gateways(&self) -> Result<()> {
        let rows = self.store.read().await?.gateways().await?;
        if let Ok(mut kept) = self.gateways.0.write() {
            *kept = Arc::new(rows);
        }
        Ok(())
    }

    /// The gateways of a channel, in the order in which they are tried; a few seconds old at most.
    pub(crate) fn gateways_of(&self, channel: Channel) -> Vec<GatewayRow> {
        let kept = self.gateways.0.read().map(|kept| Arc::clone(&kept)).unwrap_or_default();
        kept.iter().filter(|row| row.channel == channel.as_str()).cloned().collect()
    }

    /// Whether messages can leave this way: the demo outbox takes all of them.
    pub fn channel_works(&self, channel: Channel) -> bool {
        self.demo
            || match channel {
                Channel::Email => self.config.smtp_url.is_some(),
                Channel::Push => self.web_push.is_some(),
                Channel::Sms | Channel::Voice => !self.gateways_of(channel).is_empty(),
            }
    }

    /// Whether every gateway of a channel rests: what is sent now will be late, for everybody alike (F12).
    pub(crate) fn is_delayed(&self, delivery: Delivery) -> bool {
        let channel = if delivery == Delivery::Text { Channel::Sms } else { Channel::Voice };
        let (now, gateways) = (self.now(), self.gateways_of(channel));
        !self.demo
            && !gateways.is_empty()
            && gateways.iter().all(|row| row.broken_until.is_some_and(|until| until > now))
    }

    /// A gateway that can send. `None`: its secret does not open, or it is of a kind that this version does not know.
    pub(crate) fn gateway(&self, row: &GatewayRow) -> Option<Gateway> {
        Some(Gateway {
            kind: Kind::parse(&row.kind)?,
            url: row.url.clone(),
            account: row.account.clone(),
            sender: row.sender.clone(),
            secret: self.gateway_secret(row)?,
            outside: Arc::clone(&self.outside),
        })
    }

    /// A gateway's secret.
    pub(crate) fn gateway_secret(&self, row: &GatewayRow) -> Option<Secret> {
        let secret = self.open(SEAL, row.id.as_bytes(), &row.sealed)?;
        String::from_utf8(secret).ok().map(Secret::from)
    }

    /// Seals a secret to its row.
    pub(crate) fn seal_gateway_secret(&self, id: Uuid, secret: &Secret) -> Vec<u8> {
        self.seal(SEAL, id.as_bytes(), secret.expose().as_bytes())
    }

    /// Seals every gateway's secret with the current master key. Returns how many, and which open with no key.
    pub(crate) async fn reseal_gateways(&self) -> Result<(usize, Vec<Uuid>)> {
        let (mut resealed, mut lost) = (0, Vec::new());
        let mut tx = self.store.write().await?;
        for row in tx.gateways().await? {
            if self.keys.is_current(SEAL, row.id.as_bytes(), &row.sealed) {
                continue;
            }
            match self.gateway_secret(&row) {
                None => lost.push(row.id),
                Some(secret) => {
                    let new = self.seal_gateway_secret(row.id, &secret);
                    resealed += usize::from(tx.reseal_gateway(row.id, &row.sealed, &new).await?);
                }
            }
        }
        tx.commit().await?;
        Ok((resealed, lost))
    }
}
