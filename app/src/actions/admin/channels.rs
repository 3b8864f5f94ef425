//! `/admin/channels`

use leptos::prelude::*;

use crate::outcome::respond;
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;
use crate::wire::Posted;

/// Saves the limits.
#[server(prefix = "", endpoint = "/admin/channels")]
pub async fn save_limits(
    #[server(default)] version: String,
    #[server(default)] countries: String,
    #[server(default)] per_number: String,
    #[server(default)] per_prefix: String,
    #[server(default)] per_day: String,
    #[server(default)] money: String,
) -> Result<(), ServerFnError> {
    let typed = typed(&[
        ("countries", countries),
        ("per_number", per_number),
        ("per_prefix", per_prefix),
        ("per_day", per_day),
        ("money", money),
    ]);
    respond(services().channels.save_limits(&visit(), &version, typed).await)
}

/// Saves *Alerts to phones*.
#[server(prefix = "", endpoint = "/admin/channels/alerts")]
pub async fn save_alerts(
    #[server(default)] version: String,
    #[server(default)] phone_alerts: String,
) -> Result<(), ServerFnError> {
    respond(services().channels.save_alerts(&visit(), &version, &phone_alerts).await)
}

/// Adds or changes a gateway.
#[server(prefix = "", endpoint = "/admin/channels/save")]
pub async fn save_gateway(
    #[server(default)] id: String,
    #[server(default)] channel: String,
    #[server(default)] kind: String,
    #[server(default)] name: String,
    #[server(default)] url: String,
    #[server(default)] account: String,
    #[server(default)] sender: String,
    #[server(default)] cost: String,
    #[server(default)] secret: Posted,
) -> Result<(), ServerFnError> {
    let typed = typed(&[
        ("channel", channel),
        ("kind", kind),
        ("name", name),
        ("url", url),
        ("account", account),
        ("sender", sender),
        ("cost", cost),
    ]);
    let secret = secret.into_secret();
    respond(services().channels.save_gateway(&visit(), &id, typed, &secret).await)
}

/// Moves a gateway up.
#[server(prefix = "", endpoint = "/admin/channels/raise")]
pub async fn raise_gateway(#[server(default)] id: String) -> Result<(), ServerFnError> {
    respond(services().channels.raise_gateway(&visit(), &id).await)
}

/// Removes a gateway.
#[server(prefix = "", endpoint = "/admin/channels/remove")]
pub async fn remove_gateway(#[server(default)] id: String) -> Result<(), ServerFnError> {
    respond(services().channels.remove_gateway(&visit(), &id).await)
}

/// *Send test*.
#[server(prefix = "", endpoint = "/admin/channels/test")]
pub async fn send_test(
    #[server(default)] gateway: String,
    #[server(default)] to: String,
) -> Result<(), ServerFnError> {
    respond(services().channels.send_test(&visit(), &gateway, &to).await)
}

/// *Try again*.
#[server(prefix = "", endpoint = "/admin/channels/retry")]
pub async fn retry(#[server(default)] id: String) -> Result<(), ServerFnError> {
    respond(services().channels.retry(&visit(), &id).await)
}
