//! How the organisation presents itself, for administrators.

use async_trait::async_trait;
use regain_core::form::FormState;

use super::site::Logo;
use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// The settings, as the page shows them.
#[derive(Clone, Debug)]
pub struct BrandingSettings {
    /// Display name.
    pub name: String,
    /// The name of the zone that times are shown in.
    pub time_zone: String,
    /// The logo.
    pub logo: Option<Logo>,
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
    /// Lets pass who may send a logo; a refusal is written down.
    async fn may_save(&self, visit: &Visit) -> Result<(), Failure>;
    /// Puts a picture in place of the logo. `None`: it was larger than it may be.
    async fn save_logo(&self, visit: &Visit, file: Option<Vec<u8>>) -> Answer;
    /// Goes back to the product's mark.
    async fn remove_logo(&self, visit: &Visit) -> Answer;
}
