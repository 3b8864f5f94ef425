//! `POST /register/questions`

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::registration::Trail;
use crate::services::services;
use crate::visit::visit;
use crate::wire::Posted;

/// Adds security questions. A form without scripts has a field for each; five is the most that a policy asks for.
#[server(prefix = "", endpoint = "/register/questions")]
pub async fn save_questions(
    #[server(default)] way: String,
    #[server(default)] next: String,
    #[server(default)] question_0: String,
    #[server(default)] answer_0: Posted,
    #[server(default)] question_1: String,
    #[server(default)] answer_1: Posted,
    #[server(default)] question_2: String,
    #[server(default)] answer_2: Posted,
    #[server(default)] question_3: String,
    #[server(default)] answer_3: Posted,
    #[server(default)] question_4: String,
    #[server(default)] answer_4: Posted,
) -> Result<(), ServerFnError> {
    let chosen = [
        (question_0, answer_0),
        (question_1, answer_1),
        (question_2, answer_2),
        (question_3, answer_3),
        (question_4, answer_4),
    ];
    let chosen = chosen.into_iter().map(|(question, answer)| (question, answer.into_secret())).collect();
    respond(services().registration.save_questions(&visit(), &Trail::posted(&way, next), chosen).await)
}
