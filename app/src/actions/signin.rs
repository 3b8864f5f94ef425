//! `POST /signin`

pub mod temporary_pass;
pub mod verify;

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::services::sign_in::PASSWORD_STEP;
use crate::visit::visit;
use crate::wire::Posted;

/// Both steps of sign-in.
#[server(prefix = "", endpoint = "/signin")]
pub async fn sign_in(
    #[server(default)] step: String,
    #[server(default)] username: String,
    #[server(default)] password: Posted,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    let service = services().sign_in;
    respond(if step == PASSWORD_STEP {
        service.sign_in(&visit(), username, password.into_secret(), next).await
    } else {
        service.give_username(&visit(), username, next).await
    })
}
