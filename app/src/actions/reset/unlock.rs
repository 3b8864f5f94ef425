use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;

/// `POST /reset/unlock`
#[server(prefix = "", endpoint = "/reset/unlock")]
pub async fn unlock() -> Result<(), ServerFnError> {
    respond(services().reset.unlock(&visit()).await)
}
