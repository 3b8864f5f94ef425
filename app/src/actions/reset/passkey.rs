use leptos::prelude::*;

use super::unless_another;
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
    let (solved, again) =
        (Solved::posted(captcha, characters, solution, &another), Outcome::go("/reset/passkey"));
    respond(match unless_another(solved, again) {
        Ok(solved) => services().reset.prove_by_passkey(&visit(), &credential, solved).await,
        Err(again) => Ok(again),
    })
}
