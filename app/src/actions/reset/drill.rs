use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;

/// `POST /reset/drill`
#[server(prefix = "", endpoint = "/reset/drill")]
pub async fn drill() -> Result<(), ServerFnError> {
    respond(services().reset.finish_drill(&visit()).await)
}
