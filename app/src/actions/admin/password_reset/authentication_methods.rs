//! `/admin/password-reset/authentication-methods`

use leptos::prelude::*;
use regain_core::policy::{Tab, field};

use crate::outcome::respond;
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;

/// Saves *Authentication methods*.
#[server(prefix = "", endpoint = "/admin/password-reset/authentication-methods")]
pub async fn save(
    #[server(default)] version: String,
    #[server(default)] methods_required: String,
    #[server(default)] methods: Vec<String>,
    #[server(default)] questions_to_register: String,
    #[server(default)] questions_to_reset: String,
) -> Result<(), ServerFnError> {
    let mut typed = typed(&[
        (field::METHODS_REQUIRED, methods_required),
        (field::QUESTIONS_TO_REGISTER, questions_to_register),
        (field::QUESTIONS_TO_RESET, questions_to_reset),
    ]);
    typed.values.insert(field::METHODS.to_owned(), methods);
    respond(services().policy.save(&visit(), Tab::AuthenticationMethods, &version, typed).await)
}
