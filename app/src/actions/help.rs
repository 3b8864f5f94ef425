//! `POST /help`

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;

/// Asks the administrators for help.
#[server(prefix = "", endpoint = "/help")]
pub async fn help(#[server(default)] username: String) -> Result<(), ServerFnError> {
    respond(services().helpdesk.ask_for_help(&visit(), username).await)
}
