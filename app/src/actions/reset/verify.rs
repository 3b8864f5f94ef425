use leptos::prelude::*;
use regain_core::form::FormState;

use crate::outcome::{Outcome, respond};
use crate::services::services;
use crate::services::toll::{Solved, another_picture};
use crate::visit::visit;
use crate::wire::Posted;

/// `POST /reset/verify`
#[server(prefix = "", endpoint = "/reset/verify")]
pub async fn verify(
    #[server(default)] code: Posted,
    #[server(default)] captcha: String,
    #[server(default)] characters: String,
    #[server(default)] solution: String,
    #[server(default)] another: String,
) -> Result<(), ServerFnError> {
    if !another.is_empty() {
        return respond(Ok(Outcome::refused("/reset/verify", another_picture(FormState::default()))));
    }
    let solved = Solved { captcha, characters, solution, another: false };
    respond(services().reset.verify(&visit(), code.into_secret(), solved).await)
}

/// `POST /reset/verify/resend`
#[server(prefix = "", endpoint = "/reset/verify/resend")]
pub async fn resend() -> Result<(), ServerFnError> {
    respond(services().reset.resend(&visit()).await)
}
