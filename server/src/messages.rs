//! Messages into the outbox, in the transaction that causes them. Rendering and sending is a job's.

pub(crate) mod render;
mod report_link;
mod texts;
pub(crate) mod trial;
mod values;

pub(crate) use render::{blocks, escape, with_report_link};
pub(crate) use texts::{Texts, Written, default_texts};
pub(crate) use values::Values;

use std::collections::BTreeMap;

use regain_app::pages::security_info::client;
use regain_app::text::Locale;
use regain_app::visit::Visit;
use regain_core::secret::Secret;
use regain_core::time::Timestamp;
use regain_store::{OutboxMessage, Result, Tx};
use uuid::Uuid;

use crate::engine::Engine;

/// How a message leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Mail.
    Email,
    /// Text message.
    Sms,
    /// Push message to an authenticator.
    Push,
    /// Call.
    Voice,
}

impl Channel {
    /// The name in the outbox.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
            Self::Push => "push",
            Self::Voice => "voice",
        }
    }
}

/// A code that is to leave: at most once, and never after it died.
pub struct CodeMessage<'a> {
    /// How.
    pub channel: Channel,
    /// Where to; from the challenge's row, never from a request. `None`: the name or the number is nobody's, and the row
    /// is written, claimed and rendered all the same, so that time tells nothing.
    pub to: Option<&'a str>,
    /// Which message, such as `reset-code`.
    pub template: &'a str,
    /// Arguments; never a secret.
    pub params: &'a [(&'a str, String)],
    /// The code.
    pub code: &'a str,
    /// The challenge it answers.
    pub challenge_id: Uuid,
    /// When the code dies.
    pub dies_at: Timestamp,
    /// Language tag.
    pub locale: &'a str,
    /// The flow's or session's support code.
    pub support_code: &'a str,
}

/// A push message: it says that there is something to answer, and not what.
pub struct PushMessage<'a> {
    /// The authenticator.
    pub device_id: Uuid,
    /// What it is to answer.
    pub request_id: Uuid,
    /// The challenge behind it.
    pub challenge_id: Uuid,
    /// When the request dies.
    pub dies_at: Timestamp,
    /// Language tag.
    pub locale: &'a str,
    /// The flow's or session's support code.
    pub support_code: &'a str,
}

/// A notice: at least once.
pub struct Notice<'a> {
    /// Every address it goes to, each in a message of its own.
    pub to: &'a [String],
    /// Which message, such as `notice-password-reset`.
    pub template: &'a str,
    /// Arguments; never a secret.
    pub params: &'a [(&'a str, String)],
    /// Language tag.
    pub locale: &'a str,
    /// The flow's or session's support code.
    pub support_code: &'a str,
}

/// From where somebody asks, as messages tell it: the address, and what the browser says it is.
pub(crate) fn from(visit: &Visit, locale: &str) -> [(&'static str, String); 2] {
    let locale = Locale::from_tag(locale).unwrap_or_default();
    [("address", visit.address.to_string()), ("device", client::name(locale, &visit.client))]
}

impl Engine {
    /// Writes a code's message.
    pub async fn enqueue_code(&self, tx: &mut dyn Tx, message: &CodeMessage<'_>) -> Result<()> {
        let row = OutboxMessage {
            purpose: "code".to_owned(),
            dies_at: Some(message.dies_at),
            challenge_id: Some(message.challenge_id),
            ..self.row(
                message.channel,
                message.to.map(ToOwned::to_owned).as_slice(),
                message.template,
                message.params,
                message.locale,
                message.support_code,
            )
        };
        let sealed = self.seal("outbox", row.id.as_bytes(), message.code.as_bytes());
        tx.enqueue(&OutboxMessage { sealed: Some(sealed), ..row }).await
    }

    /// Writes a push message.
    pub async fn enqueue_push(&self, tx: &mut dyn Tx, message: &PushMessage<'_>) -> Result<()> {
        let to = [message.device_id.to_string()];
        let params = [("request", message.request_id.to_string())];
        let row = self.row(Channel::Push, &to, "push", &params, message.locale, message.support_code);
        tx.enqueue(&OutboxMessage {
            purpose: "code".to_owned(),
            dies_at: Some(message.dies_at),
            challenge_id: Some(message.challenge_id),
            ..row
        })
        .await
    }

    /// Writes a notice, once for each address: a bad one must not hold up the others.
    pub async fn enqueue_notice(&self, tx: &mut dyn Tx, notice: &Notice<'_>) -> Result<()> {
        self.enqueue_each(tx, notice, None).await
    }

    /// Writes a notice to the user whose account it is about. Where it can be reported it comes with a link to do so, one
    /// for all addresses.
    pub async fn enqueue_own_notice(
        &self,
        tx: &mut dyn Tx,
        user_id: Uuid,
        notice: &Notice<'_>,
    ) -> Result<()> {
        let link = self.make_report_link(tx, user_id, notice).await?;
        self.enqueue_each(tx, notice, link.as_ref()).await
    }

    async fn enqueue_each(&self, tx: &mut dyn Tx, notice: &Notice<'_>, link: Option<&Secret>) -> Result<()> {
        for address in notice.to {
            let to = std::slice::from_ref(address);
            let row = self.row(
                Channel::Email,
                to,
                notice.template,
                notice.params,
                notice.locale,
                notice.support_code,
            );
            let seal = |link: &Secret| self.seal("outbox", row.id.as_bytes(), link.expose().as_bytes());
            let sealed = link.map(seal);
            tx.enqueue(&OutboxMessage { sealed, ..row }).await?;
        }
        Ok(())
    }

    /// Writes a notice as a text message.
    pub async fn enqueue_text(
        &self,
        tx: &mut dyn Tx,
        to: &str,
        template: &str,
        locale: &str,
        support_code: &str,
    ) -> Result<()> {
        let row = self.row(Channel::Sms, &[to.to_owned()], template, &[], locale, support_code);
        tx.enqueue(&row).await
    }

    pub(crate) fn row(
        &self,
        channel: Channel,
        to: &[String],
        template: &str,
        params: &[(&str, String)],
        locale: &str,
        support_code: &str,
    ) -> OutboxMessage {
        let now = self.now();
        let params: BTreeMap<&str, &String> = params.iter().map(|(name, value)| (*name, value)).collect();
        OutboxMessage {
            id: self.new_id(),
            channel: channel.as_str().to_owned(),
            purpose: "notice".to_owned(),
            recipients: serde_json::json!(to).to_string(),
            template: template.to_owned(),
            params: serde_json::json!(params).to_string(),
            sealed: None,
            locale: locale.to_owned(),
            support_code: support_code.to_owned(),
            created_at: now,
            dies_at: None,
            challenge_id: None,
            due_at: now,
            tries: 0,
            claimed_until: None,
            sent_at: None,
            parked_at: None,
            error: None,
        }
    }
}
