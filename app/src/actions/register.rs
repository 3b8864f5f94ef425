//! POSTs of the registration wizard: one for each page under `/register`. The same forms stand under
//! `/security-info/add`; which of the two it was, they say themselves.

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::registration::{Trail, TypedPhone};
use crate::services::services;
use crate::visit::visit;
use crate::wire::Posted;

pub mod questions;

/// Begins to add a method.
#[server(prefix = "", endpoint = "/register/method")]
pub async fn choose(
    #[server(default)] way: String,
    #[server(default)] next: String,
    #[server(default)] method: String,
) -> Result<(), ServerFnError> {
    respond(services().registration.choose(&visit(), &Trail::posted(&way, next), &method).await)
}

/// Adds the authenticator app whose code it is.
#[server(prefix = "", endpoint = "/register/app")]
pub async fn confirm_app(
    #[server(default)] way: String,
    #[server(default)] next: String,
    #[server(default)] code: Posted,
) -> Result<(), ServerFnError> {
    let code = code.into_secret();
    respond(services().registration.confirm_app(&visit(), &Trail::posted(&way, next), &code).await)
}

/// Adds the passkey that the browser made.
#[server(prefix = "", endpoint = "/register/passkey")]
pub async fn confirm_passkey(
    #[server(default)] way: String,
    #[server(default)] next: String,
    #[server(default)] credential: String,
) -> Result<(), ServerFnError> {
    respond(services().registration.confirm_passkey(&visit(), &Trail::posted(&way, next), &credential).await)
}

/// Adds the recovery codes that were shown.
#[server(prefix = "", endpoint = "/register/recovery-codes")]
pub async fn confirm_recovery_codes(
    #[server(default)] way: String,
    #[server(default)] next: String,
    #[server(default)] saved: String,
) -> Result<(), ServerFnError> {
    let (trail, saved) = (Trail::posted(&way, next), saved == "true");
    respond(services().registration.confirm_recovery_codes(&visit(), &trail, saved).await)
}

/// Asks the paired authenticator once more.
#[server(prefix = "", endpoint = "/register/notifications")]
pub async fn ask_again(
    #[server(default)] way: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    respond(services().registration.ask_again(&visit(), &Trail::posted(&way, next)).await)
}

/// Sends a code to an address.
#[server(prefix = "", endpoint = "/register/email")]
pub async fn send_email(
    #[server(default)] way: String,
    #[server(default)] next: String,
    #[server(default)] email: String,
) -> Result<(), ServerFnError> {
    respond(services().registration.send_email(&visit(), &Trail::posted(&way, next), &email).await)
}

/// Sends a code to a phone.
#[server(prefix = "", endpoint = "/register/phone")]
pub async fn send_text(
    #[server(default)] way: String,
    #[server(default)] next: String,
    #[server(default)] country: String,
    #[server(default)] number: String,
    #[server(default)] replaces: String,
    #[server(default)] kind: String,
    #[server(default)] delivery: String,
    #[server(default)] extension: String,
) -> Result<(), ServerFnError> {
    let typed = TypedPhone { country, number, replaces, kind, delivery, extension };
    respond(services().registration.send_text(&visit(), &Trail::posted(&way, next), &typed).await)
}

/// Sends another code.
#[server(prefix = "", endpoint = "/register/resend")]
pub async fn resend(
    #[server(default)] way: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    respond(services().registration.resend(&visit(), &Trail::posted(&way, next)).await)
}

/// Adds the address or phone whose code it is.
#[server(prefix = "", endpoint = "/register/code")]
pub async fn confirm_code(
    #[server(default)] way: String,
    #[server(default)] next: String,
    #[server(default)] code: Posted,
) -> Result<(), ServerFnError> {
    let code = code.into_secret();
    respond(services().registration.confirm_code(&visit(), &Trail::posted(&way, next), &code).await)
}

/// *Looks good*.
#[server(prefix = "", endpoint = "/register/review")]
pub async fn finish(
    #[server(default)] way: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    respond(services().registration.finish(&visit(), &Trail::posted(&way, next)).await)
}

/// *Not now*.
#[server(prefix = "", endpoint = "/register/skip")]
pub async fn skip(
    #[server(default)] way: String,
    #[server(default)] next: String,
) -> Result<(), ServerFnError> {
    respond(services().registration.skip(&visit(), &Trail::posted(&way, next)).await)
}
