use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;

/// `POST /reset/phone`
#[server(prefix = "", endpoint = "/reset/phone")]
pub async fn give_number(
    #[server(default)] country: String,
    #[server(default)] phone: String,
) -> Result<(), ServerFnError> {
    respond(services().reset.give_number(&visit(), &country, &phone).await)
}
