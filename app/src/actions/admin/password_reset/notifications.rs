//! `/admin/password-reset/notifications`

use leptos::prelude::*;
use regain_core::policy::{Tab, field};

use crate::outcome::respond;
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;

/// Saves *Notifications*.
#[server(prefix = "", endpoint = "/admin/password-reset/notifications")]
pub async fn save(
    #[server(default)] version: String,
    #[server(default)] notify_users: String,
    #[server(default)] notify_admins: String,
) -> Result<(), ServerFnError> {
    let typed = typed(&[(field::NOTIFY_USERS, notify_users), (field::NOTIFY_ADMINS, notify_admins)]);
    respond(services().policy.save(&visit(), Tab::Notifications, &version, typed).await)
}
