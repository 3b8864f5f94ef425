//! `POST /help`

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::services::toll::Solved;
use crate::visit::visit;

/// Asks the administrators for help.
#[server(prefix = "", endpoint = "/help")]
pub async fn help(
    #[server(default)] username: String,
    #[server(default)] captcha: String,
    #[server(default)] characters: String,
    #[server(default)] solution: String,
    #[server(default)] another: String,
) -> Result<(), ServerFnError> {
    let solved = Solved::posted(captcha, characters, solution, &another);
    respond(services().helpdesk.ask_for_help(&visit(), username, solved).await)
}
