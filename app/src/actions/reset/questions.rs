use leptos::prelude::*;
use regain_core::form::FormState;

use super::unless_another;
use crate::outcome::respond;
use crate::services::services;
use crate::services::toll::Solved;
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
    let answers = [answer_0, answer_1, answer_2, answer_3, answer_4].map(Posted::into_secret);
    let solved = Solved::posted(captcha, characters, solution, &another);
    respond(match unless_another(solved, "/reset/questions", FormState::default()) {
        Ok(solved) => services().reset.answer(&visit(), answers.into(), solved).await,
        Err(again) => Ok(again),
    })
}
