//! POSTs of `/admin/hardware-tokens`; the upload has a route of its own.

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;
use crate::wire::Posted;

/// *Activate*.
#[server(prefix = "", endpoint = "/admin/hardware-tokens/activate")]
pub async fn activate(
    #[server(default)] id: String,
    #[server(default)] code: Posted,
) -> Result<(), ServerFnError> {
    respond(services().hardware_tokens.activate(&visit(), &id, &code.into_secret()).await)
}

/// *Delete token*.
#[server(prefix = "", endpoint = "/admin/hardware-tokens/delete")]
pub async fn delete(#[server(default)] id: String) -> Result<(), ServerFnError> {
    respond(services().hardware_tokens.delete(&visit(), &id).await)
}
