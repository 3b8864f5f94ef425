use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;

/// `POST /reset/method`
#[server(prefix = "", endpoint = "/reset/method")]
pub async fn choose_method(#[server(default)] method: String) -> Result<(), ServerFnError> {
    respond(services().reset.choose_method(&visit(), &method).await)
}
