//! `/admin/password-reset/customization`

use leptos::prelude::*;
use regain_core::policy::{Tab, field};

use crate::outcome::respond;
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;

/// Saves *Customization*.
#[server(prefix = "", endpoint = "/admin/password-reset/customization")]
pub async fn save(
    #[server(default)] version: String,
    #[server(default)] helpdesk_customized: String,
    #[server(default)] helpdesk_target: String,
) -> Result<(), ServerFnError> {
    let typed = typed(&[
        (field::HELPDESK_CUSTOMIZED, helpdesk_customized),
        (field::HELPDESK_TARGET, helpdesk_target),
    ]);
    respond(services().policy.save(&visit(), Tab::Customization, &version, typed).await)
}
