//! The settings of *Password protection*: profile, banned words, smart lockout.

pub mod edit;

use regain_core::lockout::LockoutSettings;
use regain_core::password::{BannedWords, PasswordProfile};
use regain_core::time::{Duration, Timestamp};
use regain_store::{Result, Tx};
use serde::{Deserialize, Serialize};

use crate::policy;

/// The name under which the settings are stored.
pub const SETTINGS: &str = "password_protection";

/// The settings document `password_protection`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordProtection {
    /// Which rules a new password meets: NIST's or Entra's, and their numbers.
    pub profile: PasswordProfile,
    /// *Enforce custom list*. The global list applies always (R163, R164).
    pub enforce_custom_list: bool,
    /// *Custom banned password list*, as [`regain_core::password::banned::parse_custom_list`] accepted it.
    pub custom_terms: Vec<String>,
    /// *Days until passwords expire*; 0 is never.
    pub expiry_days: u16,
    /// *Lockout threshold* and *Lockout duration in seconds* of sign-in.
    pub lockout: LockoutSettings,
}

/// *Days until passwords expire* at most.
pub const MAX_EXPIRY_DAYS: u16 = 730;

impl PasswordProtection {
    /// Whether a password that was set at `set_at` is too old now (R159).
    pub fn is_expired(&self, set_at: Timestamp, now: Timestamp) -> bool {
        let days = u64::from(self.expiry_days);
        days > 0 && now.since(set_at) >= Duration::from_hours(24 * days)
    }

    /// The lists in force.
    pub fn banned_words(&self) -> BannedWords {
        BannedWords::new(if self.enforce_custom_list { self.custom_terms.as_slice() } else { &[] })
    }
}

/// Loads the settings; the defaults until they are first saved.
pub async fn load(tx: &mut dyn Tx) -> Result<PasswordProtection> {
    policy::document(tx, SETTINGS).await.map(|(settings, _)| settings)
}
