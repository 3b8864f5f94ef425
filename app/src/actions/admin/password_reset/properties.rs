//! `/admin/password-reset/properties`

use leptos::prelude::*;
use regain_core::policy::{Tab, field};

use crate::outcome::respond;
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;

/// Saves *Properties*.
#[server(prefix = "", endpoint = "/admin/password-reset/properties")]
pub async fn save(
    #[server(default)] version: String,
    #[server(default)] scope: String,
    #[server(default)] group: String,
    #[server(default)] explain: String,
    #[server(default)] explain_networks: String,
) -> Result<(), ServerFnError> {
    let typed = typed(&[
        (field::SCOPE, scope),
        (field::GROUP, group),
        (field::EXPLAIN, explain),
        (field::EXPLAIN_NETWORKS, explain_networks),
    ]);
    respond(services().policy.save(&visit(), Tab::Properties, &version, typed).await)
}
