//! Whether a page still waits: one word, told to the browser that shows the page and to no other (T57).

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use regain_app::outcome::Failure;
use regain_app::services::authenticator::{OVER, WAITING};
use regain_app::visit::Visit;
use serde::Deserialize;

use crate::engine::Engine;

pub(super) async fn reset(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
) -> Result<Response, StatusCode> {
    answer(engine.reset_waits(&visit).await)
}

pub(super) async fn step_up(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
) -> Result<Response, StatusCode> {
    answer(engine.step_up_waits(&visit).await.map(|waits| waits.map(word)))
}

/// Whom the page is about.
#[derive(Deserialize)]
pub(super) struct About {
    #[serde(default)]
    id: String,
}

pub(super) async fn caller(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    Query(about): Query<About>,
) -> Result<Response, StatusCode> {
    answer(engine.caller_waits(&visit, &about.id).await.map(|waits| waits.map(word)))
}

pub(super) async fn registration(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
) -> Result<Response, StatusCode> {
    answer(engine.registration_waits(&visit).await)
}

fn word(waits: bool) -> &'static str {
    if waits { WAITING } else { OVER }
}

fn answer(word: Result<Option<&'static str>, Failure>) -> Result<Response, StatusCode> {
    match word {
        Ok(Some(word)) => Ok(word.into_response()),
        Ok(None) => Err(StatusCode::NOT_FOUND),
        Err(failure) => Err(failure.status()),
    }
}
