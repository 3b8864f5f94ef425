//! `/admin/password-protection`

use leptos::prelude::*;

use crate::outcome::respond;
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;

/// Saves *Password protection*.
#[server(prefix = "", endpoint = "/admin/password-protection")]
pub async fn save(
    #[server(default)] version: String,
    #[server(default)] password_rules: String,
    #[server(default)] password_min: String,
    #[server(default)] password_expiry_days: String,
    #[server(default)] enforce_custom_list: String,
    #[server(default)] banned_list: String,
    #[server(default)] lockout_threshold: String,
    #[server(default)] lockout_duration: String,
) -> Result<(), ServerFnError> {
    let typed = typed(&[
        ("password_rules", password_rules),
        ("password_min", password_min),
        ("password_expiry_days", password_expiry_days),
        ("enforce_custom_list", enforce_custom_list),
        ("banned_list", banned_list),
        ("lockout_threshold", lockout_threshold),
        ("lockout_duration", lockout_duration),
    ]);
    respond(services().password_protection.save(&visit(), &version, typed).await)
}
