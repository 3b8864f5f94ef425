use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;
use crate::wire::Posted;

/// `POST /authenticator/password`
#[server(prefix = "", endpoint = "/authenticator/password")]
pub async fn finish(
    #[server(default)] new_password: Posted,
    #[server(default)] confirm_password: Posted,
) -> Result<(), ServerFnError> {
    let (password, confirmation) = (new_password.into_secret(), confirm_password.into_secret());
    respond(services().reset.finish(&visit(), password, confirmation).await)
}

/// `POST /authenticator/password/open`, from the app, with what its signed call got.
#[server(prefix = "", endpoint = "/authenticator/password/open")]
pub async fn open_finish(#[server(default)] link: Posted) -> Result<(), ServerFnError> {
    respond(services().reset.open_finish(&visit(), link.into_secret()).await)
}
