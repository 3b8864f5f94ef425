use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;
use crate::wire::Posted;

/// `POST /reset/verify`
#[server(prefix = "", endpoint = "/reset/verify")]
pub async fn verify(#[server(default)] code: Posted) -> Result<(), ServerFnError> {
    respond(services().reset.verify(&visit(), code.into_secret()).await)
}

/// `POST /reset/verify/resend`
#[server(prefix = "", endpoint = "/reset/verify/resend")]
pub async fn resend() -> Result<(), ServerFnError> {
    respond(services().reset.resend(&visit()).await)
}
