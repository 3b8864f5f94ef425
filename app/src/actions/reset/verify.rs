use leptos::prelude::*;
use regain_core::form::FormState;

use super::unless_another;
use crate::outcome::respond;
use crate::services::services;
use crate::services::toll::Solved;
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
    let solved = Solved::posted(captcha, characters, solution, &another);
    respond(match unless_another(solved, "/reset/verify", FormState::default()) {
        Ok(solved) => services().reset.verify(&visit(), code.into_secret(), solved).await,
        Err(again) => Ok(again),
    })
}

/// `POST /reset/verify/resend`
#[server(prefix = "", endpoint = "/reset/verify/resend")]
pub async fn resend() -> Result<(), ServerFnError> {
    respond(services().reset.resend(&visit()).await)
}
