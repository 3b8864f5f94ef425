use leptos::prelude::*;
use regain_core::form::FormState;

use crate::outcome::{Outcome, respond};
use crate::services::services;
use crate::services::toll::{Solved, another_picture};
use crate::visit::visit;
use crate::wire::Posted;

/// `POST /reset/questions`. A policy asks for at most five.
#[allow(clippy::too_many_arguments, reason = "a form's fields arrive one by one")]
#[server(prefix = "", endpoint = "/reset/questions")]
pub async fn answer(
    #[server(default)] answer_0: Posted,
    #[server(default)] answer_1: Posted,
    #[server(default)] answer_2: Posted,
    #[server(default)] answer_3: Posted,
    #[server(default)] answer_4: Posted,
    #[server(default)] captcha: String,
    #[server(default)] characters: String,
    #[server(default)] solution: String,
    #[server(default)] another: String,
) -> Result<(), ServerFnError> {
    if !another.is_empty() {
        return respond(Ok(Outcome::refused("/reset/questions", another_picture(FormState::default()))));
    }
    let solved = Solved { captcha, characters, solution, another: false };
    let answers = [answer_0, answer_1, answer_2, answer_3, answer_4].map(Posted::into_secret);
    respond(services().reset.answer(&visit(), answers.into(), solved).await)
}
