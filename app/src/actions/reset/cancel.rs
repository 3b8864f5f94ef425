use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;

/// `POST /reset/cancel`
#[server(prefix = "", endpoint = "/reset/cancel")]
pub async fn cancel() -> Result<(), ServerFnError> {
    respond(services().reset.cancel(&visit()).await)
}
