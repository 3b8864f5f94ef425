//! `POST /signout`

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;

/// Ends the session.
#[server(prefix = "", endpoint = "/signout")]
pub async fn sign_out() -> Result<(), ServerFnError> {
    respond(services().sign_in.sign_out(&visit()).await)
}
