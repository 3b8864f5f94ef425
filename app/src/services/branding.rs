//! How the organisation presents itself, for administrators.

use async_trait::async_trait;
use regain_core::form::FormState;

use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// The settings, as the page shows them.
#[derive(Clone, Debug)]
pub struct BrandingSettings {
    /// Display name.
    pub name: String,
    /// Counts the saves.
    pub version: i64,
}

/// *Branding*, for those who may name the organisation.
#[async_trait]
pub trait Branding: Send + Sync {
    /// The settings.
    async fn settings(&self, visit: &Visit) -> Result<BrandingSettings, Failure>;
    /// Saves them.
    async fn save(&self, visit: &Visit, version: &str, typed: FormState) -> Answer;
}
