use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;
use crate::wire::Posted;

/// `POST /reset/password`
#[server(prefix = "", endpoint = "/reset/password")]
pub async fn set_password(
    #[server(default)] new_password: Posted,
    #[server(default)] confirm_password: Posted,
) -> Result<(), ServerFnError> {
    let (password, confirmation) = (new_password.into_secret(), confirm_password.into_secret());
    respond(services().reset.set_password(&visit(), password, confirmation).await)
}
