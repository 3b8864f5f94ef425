use leptos::prelude::*;

use crate::outcome::{Outcome, respond};
use crate::services::services;
use crate::services::toll::Solved;
use crate::visit::visit;

/// `POST /reset/passkey`
#[server(prefix = "", endpoint = "/reset/passkey")]
pub async fn passkey(
    #[server(default)] credential: String,
    #[server(default)] captcha: String,
    #[server(default)] characters: String,
    #[server(default)] solution: String,
    #[server(default)] another: String,
) -> Result<(), ServerFnError> {
    if !another.is_empty() {
        return respond(Ok(Outcome::go("/reset/passkey")));
    }
    let solved = Solved { captcha, characters, solution, another: false };
    respond(services().reset.prove_by_passkey(&visit(), &credential, solved).await)
}
