//! `/admin/password-reset/administrator-policy`

use leptos::prelude::*;

use crate::outcome::respond;
use crate::pages::admin::password_reset::administrator_policy::ENABLED;
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;

/// Saves *Administrator policy*.
#[server(prefix = "", endpoint = "/admin/password-reset/administrator-policy")]
pub async fn save(
    #[server(default)] version: String,
    #[server(default)] administrators_enabled: String,
) -> Result<(), ServerFnError> {
    let typed = typed(&[(ENABLED, administrators_enabled)]);
    respond(services().policy.save_administrators(&visit(), &version, typed).await)
}
