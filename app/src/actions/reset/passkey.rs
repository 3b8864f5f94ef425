use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;

/// `POST /reset/passkey`
#[server(prefix = "", endpoint = "/reset/passkey")]
pub async fn passkey(#[server(default)] credential: String) -> Result<(), ServerFnError> {
    respond(services().reset.prove_by_passkey(&visit(), &credential).await)
}
