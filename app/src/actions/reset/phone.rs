use leptos::prelude::*;
use regain_core::form::FormState;

use super::unless_another;
use crate::outcome::respond;
use crate::services::services;
use crate::services::toll::Solved;
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
    let solved = Solved::posted(captcha, characters, solution, &another);
    let typed = FormState::default().with_value("country", &*country).with_value("phone", &*phone);
    respond(match unless_another(solved, "/reset/phone", typed) {
        Ok(solved) => services().reset.give_number(&visit(), &country, &phone, solved).await,
        Err(again) => Ok(again),
    })
}
