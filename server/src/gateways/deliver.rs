//! One text message or call: to the first gateway that takes it. Another one is asked only where the last surely sent
//! nothing; whoever may have sent a code was the last to be asked.

use regain_channels::{Channel as _, Message, SendError};
use regain_core::contact::phone::dialled;
use regain_core::time::Duration;
use regain_store::{GatewayRow, OutboxMessage, Result};

use crate::engine::Engine;
use crate::messages::Channel;

/// Gateways that are asked within one delivery.
const ASKED: usize = 2;
/// Failures in a row after which a gateway is left alone.
const FAILURES: i64 = 3;
/// For how long.
const REST: Duration = Duration::from_mins(1);

impl Engine {
    /// Sends by gateways. The inner result is the message's fate, the outer one the database's.
    pub(crate) async fn send_by_gateway(
        &self,
        row: &OutboxMessage,
        message: Message,
        code: Option<&str>,
    ) -> Result<std::result::Result<(), SendError>> {
        let channel = if row.channel == Channel::Voice.as_str() { Channel::Voice } else { Channel::Sms };
        let order = self.in_order(channel);
        let (Some(first), Some(number)) = (order.first(), message.to.first().map(|to| dialled(to))) else {
            return Ok(Err(SendError::Permanent("no gateway is set up".to_owned())));
        };
        let message = Message { to: vec![number.clone()], ..message };
        if let Err(reached) = self.reserve(row, &number, first).await? {
            return Ok(Err(SendError::Permanent(reached.reason().to_owned())));
        }
        let mut last = SendError::Temporary("no gateway works".to_owned());
        for gateway in order.iter().take(ASKED) {
            match self.ask_gateway(row, gateway, &message, code).await? {
                Ok(()) => return Ok(Ok(())),
                Err(error) => last = error,
            }
            if !matches!(last, SendError::Temporary(_)) {
                break;
            }
        }
        let state = if matches!(last, SendError::Unknown(_)) { "unknown" } else { "failed" };
        let mut tx = self.store.write().await?;
        tx.report_delivery(row.id, state, None, self.now()).await?;
        tx.commit().await?;
        Ok(Err(last))
    }

    /// Those that rest come last: better asked than nobody.
    fn in_order(&self, channel: Channel) -> Vec<GatewayRow> {
        let now = self.now();
        let mut order = self.gateways_of(channel);
        order.sort_by_key(|gateway| gateway.broken_until.is_some_and(|until| until > now));
        order
    }

    async fn ask_gateway(
        &self,
        row: &OutboxMessage,
        gateway: &GatewayRow,
        message: &Message,
        code: Option<&str>,
    ) -> Result<std::result::Result<(), SendError>> {
        let Some(way) = self.gateway(gateway) else {
            let error = "the gateway’s secret cannot be read".to_owned();
            self.note_health(gateway, Some(&error)).await?;
            return Ok(Err(SendError::Temporary(error)));
        };
        let call = match (row.channel.as_str(), code) {
            // A test has no code to hear.
            ("voice", code) => Some(self.begin_call(row, gateway, code.unwrap_or_default()).await?),
            _ => None,
        };
        let message =
            Message { at: self.now(), receipt_url: Some(self.receipt_url(row.id)), call, ..message.clone() };
        let sent = way.send(&message).await;
        match &sent {
            Ok(()) => {
                let mut tx = self.store.write().await?;
                tx.report_delivery(row.id, "sent", Some((gateway.id, gateway.cost)), self.now()).await?;
                tx.commit().await?;
                self.note_health(gateway, None).await?;
            }
            Err(SendError::Temporary(error) | SendError::Unknown(error)) => {
                tracing::warn!(gateway = %gateway.name, %error, "a gateway failed");
                self.note_health(gateway, Some(error)).await?;
            }
            // It works; this number does not.
            Err(_) => self.note_health(gateway, None).await?,
        }
        Ok(sent)
    }

    /// Success is written only where it changes something: a thousand messages need not write one row a thousand times.
    async fn note_health(&self, gateway: &GatewayRow, error: Option<&str>) -> Result<()> {
        let now = self.now();
        let lately = gateway.last_sent_at.is_some_and(|at| now.since(at) < REST);
        if error.is_none() && lately && gateway.failures == 0 {
            return Ok(());
        }
        let mut tx = self.store.write().await?;
        match error {
            None => tx.gateway_worked(gateway.id, now).await?,
            Some(error) => tx.gateway_failed(gateway.id, error, now, FAILURES, now.plus(REST)).await?,
        }
        tx.commit().await?;
        self.refresh_gateways().await
    }
}
