use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;

/// `POST /reset/why`
#[server(prefix = "", endpoint = "/reset/why")]
pub async fn choose_intent(#[server(default)] intent: String) -> Result<(), ServerFnError> {
    respond(services().reset.choose_intent(&visit(), &intent).await)
}
