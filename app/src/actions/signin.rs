//! `POST /signin`

pub mod temporary_pass;
pub mod verify;

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::services::sign_in::PASSWORD_STEP;
use crate::services::toll::Solved;
use crate::visit::visit;
use crate::wire::Posted;

/// Both steps of sign-in.
#[server(prefix = "", endpoint = "/signin")]
#[allow(clippy::too_many_arguments, reason = "a form's fields arrive one by one")]
pub async fn sign_in(
    #[server(default)] step: String,
    #[server(default)] username: String,
    #[server(default)] password: Posted,
    #[server(default)] next: String,
    #[server(default)] captcha: String,
    #[server(default)] characters: String,
    #[server(default)] solution: String,
    #[server(default)] another: String,
) -> Result<(), ServerFnError> {
    let (service, solved) = (services().sign_in, Solved::posted(captcha, characters, solution, &another));
    respond(if step == PASSWORD_STEP {
        service.sign_in(&visit(), username, password.into_secret(), next, solved).await
    } else {
        service.give_username(&visit(), username, next).await
    })
}
