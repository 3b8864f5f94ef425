//! POSTs of `/security-info`.

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;

pub mod change_password;

/// Removes a method.
#[server(prefix = "", endpoint = "/security-info/remove")]
pub async fn remove(#[server(default)] id: String) -> Result<(), ServerFnError> {
    respond(services().security_info.remove(&visit(), &id).await)
}

/// Renames a method.
#[server(prefix = "", endpoint = "/security-info/rename")]
pub async fn rename(
    #[server(default)] id: String,
    #[server(default)] label: String,
) -> Result<(), ServerFnError> {
    respond(services().security_info.rename(&visit(), &id, &label).await)
}

/// Ends every other session.
#[server(prefix = "", endpoint = "/security-info/sign-out-elsewhere")]
pub async fn sign_out_elsewhere() -> Result<(), ServerFnError> {
    respond(services().security_info.sign_out_elsewhere(&visit()).await)
}

/// Begins a drill: a reset that is only tried out.
#[server(prefix = "", endpoint = "/security-info/drill")]
pub async fn begin_drill() -> Result<(), ServerFnError> {
    respond(services().security_info.begin_drill(&visit()).await)
}
