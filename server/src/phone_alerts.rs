//! How phones learn that they are asked: woken by Web Push, or by the open app alone where no push service is to be used.

use regain_store::{Result, Tx};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::policy;

/// The name under which the setting is stored, which is also its field's.
pub(crate) const SETTING: &str = regain_app::services::channels::PHONE_ALERTS;

/// The settings document of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct PhoneAlerts {
    pub(crate) web_push: bool,
}

impl Default for PhoneAlerts {
    fn default() -> Self {
        Self { web_push: true }
    }
}

impl Engine {
    /// Whether push messages are sent, and browsers asked to subscribe.
    pub(crate) async fn wakes_phones(&self, tx: &mut dyn Tx) -> Result<bool> {
        let (alerts, _): (PhoneAlerts, i64) = policy::document(tx, SETTING).await?;
        Ok(alerts.web_push && self.web_push.is_some())
    }
}
