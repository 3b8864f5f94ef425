//! *Channels*, for administrators: mail, gateways for texts and calls, the queue, the limits.

use async_trait::async_trait;
use regain_core::form::FormState;
use regain_core::secret::Secret;
use regain_core::time::Timestamp;

use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// *Alerts to phones*: the field,
pub const PHONE_ALERTS: &str = "phone_alerts";
/// phones are woken by Web Push,
pub const WEB_PUSH: &str = "web_push";
/// or answer only while the app is open.
pub const IN_APP: &str = "in_app";

/// The page.
#[derive(Clone, Debug)]
pub struct ChannelsView {
    /// The sender of mails, if a mail server is set up; the configuration decides, not this page.
    pub mail: Option<String>,
    /// Everything ends in the demo outbox.
    pub demo: bool,
    /// In the order in which they are tried, texts before calls.
    pub gateways: Vec<GatewayView>,
    /// Messages that wait.
    pub waiting: i64,
    /// Messages that were given up in the last day.
    pub given_up: i64,
    /// The newest of them.
    pub parked: Vec<Parked>,
    /// The limits, as their fields show them.
    pub limits: FormState,
    /// Counts the saves of the limits.
    pub version: i64,
    /// *Alerts to phones*, [`WEB_PUSH`] or [`IN_APP`], and the count of its saves.
    pub phone_alerts: (String, i64),
    /// Whether the signed-in person may change anything here.
    pub may_change: bool,
}

/// How a gateway does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatewayState {
    /// It took its last message.
    Working,
    /// Nothing was sent by it yet.
    Untried,
    /// Its last message failed.
    Failing,
    /// It failed again and again, and is left alone for a while.
    Resting,
}

impl GatewayState {
    /// The end of the texts' names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::Untried => "untried",
            Self::Failing => "failing",
            Self::Resting => "resting",
        }
    }
}

/// A gateway. Its secret is never shown.
#[derive(Clone, Debug)]
pub struct GatewayView {
    /// Its id.
    pub id: String,
    /// `sms` or `voice`.
    pub channel: String,
    /// Its name.
    pub name: String,
    /// Its host.
    pub host: String,
    /// How it does.
    pub state: GatewayState,
    /// What went wrong last, and when.
    pub last_error: Option<(String, Timestamp)>,
    /// When it last took a message.
    pub last_sent: Option<Timestamp>,
    /// Whether another one of its channel is tried before it.
    pub can_rise: bool,
}

/// A message that was given up.
#[derive(Clone, Debug)]
pub struct Parked {
    /// Its id.
    pub id: String,
    /// `email`, `sms` or `voice`.
    pub channel: String,
    /// Which text.
    pub template: String,
    /// The last failure.
    pub error: String,
    /// When.
    pub at: Timestamp,
    /// The flow's or session's support code.
    pub support_code: String,
    /// Whether it can be tried again: codes are not.
    pub can_retry: bool,
}

/// A gateway to edit, or a new one.
#[derive(Clone, Debug)]
pub struct GatewayForm {
    /// Its id; empty for a new one.
    pub id: String,
    /// The fields as they are saved; the secret is never among them.
    pub saved: FormState,
}

/// *Channels*. Reading needs the right to read the policy, changing the right to manage channels.
#[async_trait]
pub trait Channels: Send + Sync {
    /// The page.
    async fn channels(&self, visit: &Visit) -> Result<ChannelsView, Failure>;
    /// The form of a gateway; an empty id is a new one.
    async fn gateway_form(&self, visit: &Visit, id: &str) -> Result<GatewayForm, Failure>;
    /// Adds or changes a gateway.
    async fn save_gateway(&self, visit: &Visit, id: &str, typed: FormState, secret: &Secret) -> Answer;
    /// Moves a gateway before the one that is tried before it.
    async fn raise_gateway(&self, visit: &Visit, id: &str) -> Answer;
    /// Removes a gateway.
    async fn remove_gateway(&self, visit: &Visit, id: &str) -> Answer;
    /// Sends a test message: by a gateway, or, without one, by mail.
    async fn send_test(&self, visit: &Visit, gateway: &str, to: &str) -> Answer;
    /// Tries a message again that was given up.
    async fn retry(&self, visit: &Visit, message: &str) -> Answer;
    /// Saves *Alerts to phones*.
    async fn save_alerts(&self, visit: &Visit, version: &str, chosen: &str) -> Answer;
    /// Saves the limits.
    async fn save_limits(&self, visit: &Visit, version: &str, typed: FormState) -> Answer;
}
