//! POSTs of `/admin/audit-logs`.

use leptos::prelude::*;
use regain_core::policy::audit_field::KEPT_DAYS;

use crate::outcome::respond;
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;

/// Saves for how many days records are kept.
#[server(prefix = "", endpoint = "/admin/audit-logs/retention")]
pub async fn save_retention(
    #[server(default)] version: String,
    #[server(default)] audit_kept_days: String,
) -> Result<(), ServerFnError> {
    let typed = typed(&[(KEPT_DAYS, audit_kept_days)]);
    respond(services().audit.save_retention(&visit(), &version, typed).await)
}
