//! Gateways for text messages and calls, and what was handed to them.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A gateway as an administrator set it up, and how it does.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct GatewayRow {
    /// Row id.
    pub id: Uuid,
    /// `sms` or `voice`.
    pub channel: String,
    /// Its place in the order in which gateways of a channel are tried.
    pub position: i64,
    /// How it is spoken to.
    pub kind: String,
    /// What administrators call it.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// The account's name there.
    pub account: String,
    /// The number or name that people see.
    pub sender: String,
    /// Its secret, sealed to the row.
    pub sealed: Vec<u8>,
    /// What a message costs, in thousandths of the currency.
    pub cost: i64,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// Failures since the last success.
    pub failures: i64,
    /// Left alone until then.
    pub broken_until: Option<Timestamp>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// When.
    pub last_error_at: Option<Timestamp>,
    /// When it last took a message.
    pub last_sent_at: Option<Timestamp>,
}

/// What is handed to a gateway.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DeliveryRow {
    /// The message in the outbox.
    pub message_id: Uuid,
    /// `sms` or `voice`.
    pub channel: String,
    /// Which gateway took it, or was asked last.
    pub gateway_id: Option<Uuid>,
    /// A keyed hash of the number.
    pub number_key: String,
    /// The number's first digits.
    pub prefix: String,
    /// What it costs, in thousandths of the currency.
    pub cost: i64,
    /// `sending`, `failed`, `unknown`, `sent`, `delivered` or `undelivered`.
    pub state: String,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub changed_at: Timestamp,
}

/// How much was sent in a time, by what the caps ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Spent {
    /// All messages.
    pub messages: i64,
    /// Those to one number.
    pub to_number: i64,
    /// Those to one prefix.
    pub to_prefix: i64,
    /// What they cost, in thousandths of the currency.
    pub cost: i64,
}

/// A call that waits for a key.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CallRow {
    /// The message in the outbox.
    pub message_id: Uuid,
    /// Hash of the token in the callback's address.
    pub token_hash: Vec<u8>,
    /// Who calls.
    pub gateway_id: Uuid,
    /// The challenge whose code is read out.
    pub challenge_id: Uuid,
    /// The code, sealed to the row; wiped when the call is over.
    pub sealed: Option<Vec<u8>>,
    /// Which texts.
    pub template: String,
    /// Language tag.
    pub locale: String,
    /// The flow's or session's support code.
    pub support_code: String,
    /// `calling`, `heard` or `denied`.
    pub state: String,
    /// Its address answers until then.
    pub expires_at: Timestamp,
}

/// Gateways and deliveries.
#[async_trait]
pub trait Gateways {
    /// All gateways, by channel, in the order in which they are tried.
    async fn gateways(&mut self) -> Result<Vec<GatewayRow>>;
    /// Writes a gateway, new or changed.
    async fn save_gateway(&mut self, gateway: &GatewayRow) -> Result<()>;
    /// Forgets a gateway.
    async fn delete_gateway(&mut self, id: Uuid) -> Result<bool>;
    /// It took a message: its failures are forgotten.
    async fn gateway_worked(&mut self, id: Uuid, at: Timestamp) -> Result<()>;
    /// It failed; from the `most`th failure in a row on it is left alone until `broken_until`.
    async fn gateway_failed(
        &mut self,
        id: Uuid,
        error: &str,
        at: Timestamp,
        most: i64,
        broken_until: Timestamp,
    ) -> Result<()>;
    /// Replaces a sealed secret, if it is still `old`.
    async fn reseal_gateway(&mut self, id: Uuid, old: &[u8], new: &[u8]) -> Result<bool>;

    /// What was sent since `since`, failures apart; `except` is the message that is about to be sent.
    async fn spent(
        &mut self,
        since: Timestamp,
        number_key: &str,
        prefix: &str,
        except: Uuid,
    ) -> Result<Spent>;
    /// Begins a delivery, or begins it anew.
    async fn begin_delivery(&mut self, delivery: &DeliveryRow) -> Result<()>;
    /// The delivery of a message.
    async fn delivery(&mut self, message_id: Uuid) -> Result<Option<DeliveryRow>>;
    /// Changes its state; a final report (`delivered`, `undelivered`) is never taken back.
    async fn report_delivery(
        &mut self,
        message_id: Uuid,
        state: &str,
        gateway: Option<(Uuid, i64)>,
        at: Timestamp,
    ) -> Result<bool>;

    /// Writes a call, in place of an earlier one of the same message.
    async fn add_call(&mut self, call: &CallRow) -> Result<()>;
    /// The call that a token is for.
    async fn call(&mut self, token_hash: &[u8]) -> Result<Option<CallRow>>;
    /// Ends a call that still waits; the code is wiped if nobody may hear it any more.
    async fn end_call(&mut self, message_id: Uuid, state: &str) -> Result<bool>;
    /// Whose challenge it is.
    async fn challenge_user(&mut self, challenge_id: Uuid) -> Result<Option<Uuid>>;
    /// Deletes deliveries before `before`, calls that ended before `now`, changes before `before`.
    async fn sweep_deliveries(&mut self, before: Timestamp, now: Timestamp) -> Result<u64>;

    /// Notes what became known of an address or number.
    async fn mark_destination(&mut self, destination: &str, mark: &str, at: Timestamp) -> Result<()>;
    /// Forgets what was known of it.
    async fn clear_destination(&mut self, destination: &str) -> Result<()>;
    /// Forgets one mark of it.
    async fn clear_mark(&mut self, destination: &str, mark: &str) -> Result<()>;
    /// What is known of these: each with its mark. More than eight are not looked at; a person has no more.
    async fn destination_marks(&mut self, destinations: &[String]) -> Result<Vec<(String, String)>>;
    /// Notes that a person's methods or contact data changed: what happened, by a key of the caller's.
    async fn note_change(&mut self, user_id: Uuid, destination: &str, at: Timestamp) -> Result<()>;
    /// What was noted since `since`, by key.
    async fn changes_since(&mut self, user_id: Uuid, since: Timestamp) -> Result<Vec<(String, Timestamp)>>;
    /// What is dialled behind a registered number.
    async fn set_extension(&mut self, method_id: Uuid, extension: &str) -> Result<()>;
    /// What is dialled behind it.
    async fn extension(&mut self, method_id: Uuid) -> Result<Option<String>>;
}
