//! `/admin/password-reset/security-questions`

use leptos::prelude::*;
use regain_core::policy::field;

use crate::outcome::respond;
use crate::pages::admin::password_reset::security_questions::{ADD, KEPT, OWN};
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;

/// Saves the choice of security questions.
#[server(prefix = "", endpoint = "/admin/password-reset/security-questions")]
pub async fn save(
    #[server(default)] version: String,
    #[server(default)] questions: Vec<String>,
    #[server(default)] kept: Vec<String>,
    #[server(default)] own_question: String,
    #[server(default)] add: String,
    #[server(default)] draft: String,
) -> Result<(), ServerFnError> {
    let mut typed = typed(&[(OWN, own_question), (ADD, add)]);
    typed.values.insert(field::QUESTIONS.to_owned(), questions);
    typed.values.insert(KEPT.to_owned(), kept);
    respond(services().policy.save_questions(&visit(), &version, typed, &draft).await)
}
