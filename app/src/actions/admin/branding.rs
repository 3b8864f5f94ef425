//! `/admin/branding`

use leptos::prelude::*;

use crate::outcome::respond;
use crate::pages::admin::branding::{NAME, TIME_ZONE};
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;

/// *Remove logo*.
#[server(prefix = "", endpoint = "/admin/branding/remove-logo")]
pub async fn remove_logo() -> Result<(), ServerFnError> {
    respond(services().branding.remove_logo(&visit()).await)
}

/// Saves *Branding*.
#[server(prefix = "", endpoint = "/admin/branding")]
pub async fn save(
    #[server(default)] version: String,
    #[server(default)] organization_name: String,
    #[server(default)] time_zone: String,
) -> Result<(), ServerFnError> {
    let typed = typed(&[(NAME, organization_name), (TIME_ZONE, time_zone)]);
    respond(services().branding.save(&visit(), &version, typed).await)
}
