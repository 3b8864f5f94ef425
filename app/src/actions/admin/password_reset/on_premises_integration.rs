//! `/admin/password-reset/on-premises-integration`

use leptos::prelude::*;
use regain_core::policy::{Tab, field};

use crate::outcome::respond;
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;

/// Saves *OnPremisesIntegration*.
#[server(prefix = "", endpoint = "/admin/password-reset/on-premises-integration")]
pub async fn save(
    #[server(default)] version: String,
    #[server(default)] unlock_allowed: String,
) -> Result<(), ServerFnError> {
    let typed = typed(&[(field::UNLOCK_ALLOWED, unlock_allowed)]);
    respond(services().policy.save(&visit(), Tab::OnPremisesIntegration, &version, typed).await)
}
