//! POSTs about callers and temporary passes.

use leptos::prelude::*;
use regain_core::temporary_pass::field;

use crate::outcome::respond;
use crate::pages::admin::password_reset::typed;
use crate::services::services;
use crate::visit::visit;
use crate::wire::Posted;

/// Saves *Temporary Access Pass*.
#[server(prefix = "", endpoint = "/admin/authentication-methods-policy/temporary-access-pass")]
pub async fn save(
    #[server(default)] version: String,
    #[server(default)] pass_enabled: String,
    #[server(default)] pass_one_time: String,
    #[server(default)] pass_min_minutes: String,
    #[server(default)] pass_max_minutes: String,
    #[server(default)] pass_default_minutes: String,
    #[server(default)] pass_length: String,
) -> Result<(), ServerFnError> {
    let typed = typed(&[
        (field::ENABLED, pass_enabled),
        (field::ONE_TIME, pass_one_time),
        (field::MIN, pass_min_minutes),
        (field::MAX, pass_max_minutes),
        (field::DEFAULT, pass_default_minutes),
        (field::LENGTH, pass_length),
    ]);
    respond(services().passes.save(&visit(), &version, typed).await)
}

/// *Send the code*, *Send a notification*.
#[server(prefix = "", endpoint = "/admin/users/verify-caller/send")]
pub async fn ask_caller(
    #[server(default)] id: String,
    #[server(default)] factor: String,
) -> Result<(), ServerFnError> {
    respond(services().passes.ask_caller(&visit(), &id, &factor).await)
}

/// Compares the code that the caller read out.
#[server(prefix = "", endpoint = "/admin/users/verify-caller/code")]
pub async fn check_code(
    #[server(default)] id: String,
    #[server(default)] code: Posted,
) -> Result<(), ServerFnError> {
    respond(services().passes.check_code(&visit(), &id, &code.into_secret()).await)
}

/// *I called this number*.
#[server(prefix = "", endpoint = "/admin/users/verify-caller/call-back")]
pub async fn called_back(
    #[server(default)] id: String,
    #[server(default)] called_back: String,
) -> Result<(), ServerFnError> {
    respond(services().passes.called_back(&visit(), &id, called_back == "true").await)
}

/// *Override*.
#[server(prefix = "", endpoint = "/admin/users/verify-caller/override")]
pub async fn override_check(
    #[server(default)] id: String,
    #[server(default)] reason: String,
) -> Result<(), ServerFnError> {
    respond(services().passes.override_check(&visit(), &id, &reason).await)
}

/// *Issue temporary pass*.
#[server(prefix = "", endpoint = "/admin/users/issue-pass")]
pub async fn issue(
    #[server(default)] id: String,
    #[server(default)] minutes: String,
    #[server(default)] many: String,
) -> Result<(), ServerFnError> {
    respond(services().passes.issue(&visit(), &id, &minutes, many == "true").await)
}

/// *Delete the pass*.
#[server(prefix = "", endpoint = "/admin/users/delete-pass")]
pub async fn delete(#[server(default)] id: String) -> Result<(), ServerFnError> {
    respond(services().passes.delete(&visit(), &id).await)
}
