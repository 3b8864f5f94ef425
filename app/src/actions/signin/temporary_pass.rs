//! `POST /signin/temporary-pass`

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::services::toll::Solved;
use crate::visit::visit;
use crate::wire::Posted;

/// Signs in with a temporary pass.
#[server(prefix = "", endpoint = "/signin/temporary-pass")]
pub async fn use_pass(
    #[server(default)] username: String,
    #[server(default)] pass: Posted,
    #[server(default)] next: String,
    #[server(default)] captcha: String,
    #[server(default)] characters: String,
    #[server(default)] solution: String,
    #[server(default)] another: String,
) -> Result<(), ServerFnError> {
    let solved = Solved::posted(captcha, characters, solution, &another);
    respond(services().sign_in.use_pass(&visit(), username, pass.into_secret(), next, solved).await)
}
