//! `POST /signin/verify` and below

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;
use crate::wire::Posted;

/// Compares the code of a second factor.
#[server(prefix = "", endpoint = "/signin/verify")]
pub async fn verify(
    #[server(default)] factor: String,
    #[server(default)] code: Posted,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    respond(services().sign_in.verify(&visit(), factor, code.into_secret(), next).await)
}

/// Judges what the browser answered for a passkey.
#[server(prefix = "", endpoint = "/signin/verify/passkey")]
pub async fn verify_passkey(
    #[server(default)] credential: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    respond(services().sign_in.verify_passkey(&visit(), credential, next).await)
}

/// Sends a code, the first one or another.
#[server(prefix = "", endpoint = "/signin/verify/send")]
pub async fn send_code(
    #[server(default)] factor: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    respond(services().sign_in.send_code(&visit(), factor, next).await)
}
