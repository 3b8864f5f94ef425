use leptos::prelude::*;
use regain_core::form::FormState;

use super::unless_another;
use crate::outcome::respond;
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
    let solved = Solved::posted(captcha, characters, solution, &another);
    respond(match unless_another(solved, "/reset/passkey", FormState::default()) {
        Ok(solved) => services().reset.prove_by_passkey(&visit(), &credential, solved).await,
        Err(again) => Ok(again),
    })
}
