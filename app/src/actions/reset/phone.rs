use leptos::prelude::*;
use regain_core::form::FormState;

use crate::outcome::{Outcome, respond};
use crate::services::services;
use crate::services::toll::{Solved, another_picture};
use crate::visit::visit;

/// `POST /reset/phone`
#[server(prefix = "", endpoint = "/reset/phone")]
pub async fn give_number(
    #[server(default)] country: String,
    #[server(default)] phone: String,
    #[server(default)] captcha: String,
    #[server(default)] characters: String,
    #[server(default)] solution: String,
    #[server(default)] another: String,
) -> Result<(), ServerFnError> {
    if !another.is_empty() {
        let form = FormState::default().with_value("country", country).with_value("phone", phone);
        return respond(Ok(Outcome::refused("/reset/phone", another_picture(form))));
    }
    let solved = Solved { captcha, characters, solution, another: false };
    respond(services().reset.give_number(&visit(), &country, &phone, solved).await)
}
