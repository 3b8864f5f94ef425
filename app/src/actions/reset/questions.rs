use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;
use crate::wire::Posted;

/// `POST /reset/questions`. A policy asks for at most five.
#[server(prefix = "", endpoint = "/reset/questions")]
pub async fn answer(
    #[server(default)] answer_0: Posted,
    #[server(default)] answer_1: Posted,
    #[server(default)] answer_2: Posted,
    #[server(default)] answer_3: Posted,
    #[server(default)] answer_4: Posted,
) -> Result<(), ServerFnError> {
    let answers = [answer_0, answer_1, answer_2, answer_3, answer_4].map(Posted::into_secret);
    respond(services().reset.answer(&visit(), answers.into()).await)
}
