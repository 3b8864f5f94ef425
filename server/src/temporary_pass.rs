//! The settings of temporary passes.

use regain_core::temporary_pass::PassSettings;
use regain_store::{Result, Tx};

use crate::policy;

/// The name under which the settings are stored, and of the lock under which they are saved.
pub(crate) const SETTINGS: &str = "temporary_pass";

/// Loads the settings; the defaults until they are first saved.
pub(crate) async fn load(tx: &mut dyn Tx) -> Result<PassSettings> {
    policy::document(tx, SETTINGS).await.map(|(settings, _)| settings)
}
