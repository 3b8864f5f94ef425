//! The settings of *Password protection*: profile, banned words, smart lockout.

pub mod edit;

use regain_core::lockout::LockoutSettings;
use regain_core::password::{BannedWords, PasswordProfile};
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
    /// *Lockout threshold* and *Lockout duration in seconds* of sign-in.
    pub lockout: LockoutSettings,
}

impl PasswordProtection {
    /// The lists in force.
    pub fn banned_words(&self) -> BannedWords {
        BannedWords::new(if self.enforce_custom_list { self.custom_terms.as_slice() } else { &[] })
    }
}

/// Loads the settings; the defaults until they are first saved.
pub async fn load(tx: &mut dyn Tx) -> Result<PasswordProtection> {
    policy::document(tx, SETTINGS).await.map(|(settings, _)| settings)
}
