//! Test-only seams: a clock that tests can move, the CAPTCHA's answers, the marks of forms, jobs on demand.

use std::sync::{Arc, OnceLock};

use axum::extract::{Query, State};
use axum::routing::{get, post};
use axum::{Extension, Form, Json, Router};
use http::StatusCode;
use regain_app::form_mark::FormMarks as _;
use regain_app::visit::Visit;
use regain_core::time::Duration;
use serde::{Deserialize, Serialize};

use crate::ambient::SystemClock;
use crate::captcha::{self, Action};
use crate::engine::Engine;
use crate::jobs;

static CLOCK: OnceLock<Arc<SystemClock>> = OnceLock::new();

/// Keeps the clock within the tests' reach.
pub fn hold(clock: Arc<SystemClock>) {
    let _ = CLOCK.set(clock);
}

/// Addresses under `/test`.
pub fn routes(engine: &Arc<Engine>) -> Router {
    Router::new()
        .route("/test/clock", post(advance))
        .route("/test/captcha", get(answers))
        .route("/test/marks", get(marks))
        .route("/test/jobs", post(run_jobs))
        .route("/test/limits", post(clear_source_limits))
        .route("/test/panic", post(panics))
        .with_state(Arc::clone(engine))
}

/// What a defect in a handler looks like from outside (F7).
#[expect(clippy::panic, reason = "the seam is there to panic")]
async fn panics() -> StatusCode {
    panic!("{PANIC}")
}

/// What the panic says; no reply may repeat it.
pub const PANIC: &str = "a panic on purpose";

#[derive(Deserialize)]
struct Advance {
    advance: u64,
}

async fn advance(Form(by): Form<Advance>) -> StatusCode {
    let Some(clock) = CLOCK.get() else { return StatusCode::NOT_FOUND };
    clock.advance(Duration::from_secs(by.advance));
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Token {
    token: String,
}

#[derive(Serialize)]
struct Answers {
    picture: String,
    sound: String,
}

async fn answers(
    State(engine): State<Arc<Engine>>,
    Query(token): Query<Token>,
) -> Result<Json<Answers>, StatusCode> {
    let opened = captcha::open(&engine.keys, engine.now(), Action::StartReset, &token.token)
        .map_err(|_| StatusCode::NOT_FOUND)?;
    let (picture, sound) = opened.answers();
    Ok(Json(Answers { picture: picture.to_owned(), sound: sound.to_owned() }))
}

#[derive(Serialize)]
struct Marks {
    flow: String,
    session: String,
}

/// The marks that forms on a page of this browser would carry now.
async fn marks(
    State(engine): State<Arc<Engine>>,
    Extension(mut visit): Extension<Visit>,
) -> Result<Json<Marks>, StatusCode> {
    let failed = |_| StatusCode::INTERNAL_SERVER_ERROR;
    let mut tx = engine.store.read().await.map_err(failed)?;
    let standing = engine.standing(&mut *tx, &visit).await.map_err(failed)?;
    visit.flow_id = standing.map(|standing| standing.flow.id.to_string());
    let (flow, session) = (engine.mark(&visit, "/reset/cancel"), engine.mark(&visit, "/signout"));
    Ok(Json(Marks { flow, session }))
}

async fn run_jobs(State(engine): State<Arc<Engine>>) -> StatusCode {
    jobs::run_once(&engine).await;
    // The server's own worker may hold a message that was due: it is away when this answers.
    for _ in 0..100 {
        let waiting = async { engine.store.read().await?.outbox_counts().await };
        if waiting.await.is_ok_and(|(waiting, _)| waiting == 0) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    StatusCode::NO_CONTENT
}

async fn clear_source_limits(State(engine): State<Arc<Engine>>) -> Result<StatusCode, StatusCode> {
    let cleared = async {
        let mut tx = engine.store.write().await?;
        tx.clear_counters("source:").await?;
        tx.clear_counters("system:").await?;
        tx.commit().await
    };
    cleared.await.map(|()| StatusCode::NO_CONTENT).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}
