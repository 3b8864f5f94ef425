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
    #[server(default)] another: String,
) -> Result<(), ServerFnError> {
    if !another.is_empty() {
        return respond(services().reset.another_picture(&visit(), username).await);
    }
    let form = StartForm { username, captcha, characters, solution };
    respond(services().reset.start(&visit(), form).await)
}
