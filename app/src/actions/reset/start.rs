use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::reset::StartForm;
use crate::services::services;
use crate::visit::visit;

/// `POST /reset`
#[server(prefix = "", endpoint = "/reset")]
pub async fn start(
    #[server(default)] username: String,
    #[server(default)] captcha: String,
    #[server(default)] characters: String,
    #[server(default)] solution: String,
) -> Result<(), ServerFnError> {
    let form = StartForm { username, captcha, characters, solution };
    respond(services().reset.start(&visit(), form).await)
}
