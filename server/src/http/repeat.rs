//! Requests that ran into another one in the database are done again, unseen (F20). And none is answered by what it saw
//! of another one before that was durable (ADR 0019).

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};
use http_body_util::LengthLimitError;
use regain_core::time::Duration;
use regain_store::Repeatable;

use crate::engine::Engine;

/// How often a request is done at most.
const TIMES: u32 = 3;
/// What two that ran into each other wait before they try again, at most and for the first time: each its own time.
const PAUSE: Duration = Duration::from_millis(60);

/// Answers when everything that the request saw is durable.
pub(super) async fn settle(request: Request, next: Next) -> Response {
    settled(&Arc::default(), next.run(request)).await
}

/// The same, and does it again where it ran into another one.
pub(super) async fn repeat(State(engine): State<Arc<Engine>>, request: Request, next: Next) -> Response {
    // What only reads runs into nobody.
    if request.method().is_safe() || is_file(&request) {
        return settle(request, next).await;
    }
    let (parts, body) = request.into_parts();
    let body = match to_bytes(body, usize::MAX).await {
        Ok(body) => body,
        Err(error) => return unreadable(&error).into_response(),
    };
    let repeatable = Arc::new(Repeatable::default());
    let mut time = 1;
    loop {
        let request = Request::from_parts(parts.clone(), Body::from(body.clone()));
        let response = settled(&repeatable, next.clone().run(request)).await;
        let failed = response.status() == StatusCode::SERVICE_UNAVAILABLE;
        if !failed || time == TIMES || !repeatable.may_run_again() {
            return response;
        }
        tracing::info!(time, "a request ran into another one and is done again");
        tokio::time::sleep(pause(&engine, time)).await;
        time += 1;
    }
}

async fn settled(repeatable: &Arc<Repeatable>, answering: impl Future<Output = Response>) -> Response {
    let response = repeatable.run(answering).await;
    match repeatable.settle().await {
        Ok(()) => response,
        Err(error) => {
            tracing::error!(%error, "what a request saw was lost before it was durable");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Files are large, and sent by few.
fn is_file(request: &Request) -> bool {
    let content = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content.is_some_and(|content| content.starts_with("multipart/"))
}

fn unreadable(error: &axum::Error) -> StatusCode {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return StatusCode::PAYLOAD_TOO_LARGE;
        }
        cause = error.source();
    }
    StatusCode::BAD_REQUEST
}

fn pause(engine: &Engine, time: u32) -> Duration {
    let mut byte = [0];
    engine.entropy.fill(&mut byte);
    PAUSE * time * u32::from(byte[0]) / 255
}
