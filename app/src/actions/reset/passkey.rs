use leptos::prelude::*;
use regain_core::form::FormState;

use crate::outcome::{Outcome, respond};
use crate::services::services;
use crate::services::toll::{Solved, another_picture};
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
        return respond(Ok(Outcome::refused("/reset/passkey", another_picture(FormState::default()))));
    }
    let solved = Solved { captcha, characters, solution, another: false };
    respond(services().reset.prove_by_passkey(&visit(), &credential, solved).await)
}
