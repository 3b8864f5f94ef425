//! `POST /security-info/change-password`

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::services::toll::Solved;
use crate::visit::visit;
use crate::wire::Posted;

/// Changes the signed-in person's password.
#[allow(clippy::too_many_arguments, reason = "a form's fields arrive one by one")]
#[server(prefix = "", endpoint = "/security-info/change-password")]
pub async fn change_password(
    #[server(default)] current_password: Posted,
    #[server(default)] new_password: Posted,
    #[server(default)] confirm_password: Posted,
    #[server(default)] next: String,
    #[server(default)] captcha: String,
    #[server(default)] characters: String,
    #[server(default)] solution: String,
    #[server(default)] another: String,
) -> Result<(), ServerFnError> {
    let (current, new) = (current_password.into_secret(), new_password.into_secret());
    let confirmation = confirm_password.into_secret();
    let solved = Solved::posted(captcha, characters, solution, &another);
    respond(services().account.change_password(&visit(), current, new, confirmation, next, solved).await)
}
