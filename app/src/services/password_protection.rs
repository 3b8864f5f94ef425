//! *Password protection*, for administrators.

use async_trait::async_trait;
use regain_core::form::FormState;
use regain_core::lockout::LockoutSettings;
use regain_core::password::PasswordProfile;

use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// The settings, as the page shows them.
#[derive(Clone, Debug)]
pub struct Protection {
    /// Which rules a new password meets.
    pub profile: PasswordProfile,
    /// *Days until passwords expire*; 0 is never.
    pub expiry_days: u16,
    /// *Enforce custom list*.
    pub enforce_custom_list: bool,
    /// *Custom banned password list*, one term a line; the refused one if the last save was refused.
    pub terms: String,
    /// Sign-in's lockout.
    pub lockout: LockoutSettings,
    /// Counts the saves.
    pub version: i64,
    /// Whether the signed-in person may save it.
    pub may_save: bool,
}

/// *Password protection*. Reading needs the right to read the policy, saving the right to edit banned words.
#[async_trait]
pub trait PasswordProtection: Send + Sync {
    /// The settings.
    async fn settings(&self, visit: &Visit) -> Result<Protection, Failure>;
    /// Saves them.
    async fn save(&self, visit: &Visit, version: &str, typed: FormState) -> Answer;
}
