//! `POST /security-info/change-password`

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;
use crate::wire::Posted;

/// Changes the signed-in person's password.
#[server(prefix = "", endpoint = "/security-info/change-password")]
pub async fn change_password(
    #[server(default)] current_password: Posted,
    #[server(default)] new_password: Posted,
    #[server(default)] confirm_password: Posted,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    let (current, new) = (current_password.into_secret(), new_password.into_secret());
    let confirmation = confirm_password.into_secret();
    respond(services().account.change_password(&visit(), current, new, confirmation, next).await)
}
