//! `/admin/password-reset/registration`

use leptos::prelude::*;
use regain_core::policy::{Tab, field};

use crate::outcome::respond;
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;

/// Saves *Registration*.
#[server(prefix = "", endpoint = "/admin/password-reset/registration")]
pub async fn save(
    #[server(default)] version: String,
    #[server(default)] registration_required: String,
    #[server(default)] reconfirm_days: String,
) -> Result<(), ServerFnError> {
    let typed = typed(&[
        (field::REGISTRATION_REQUIRED, registration_required),
        (field::RECONFIRM_DAYS, reconfirm_days),
    ]);
    respond(services().policy.save(&visit(), Tab::Registration, &version, typed).await)
}
