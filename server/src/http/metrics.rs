//! `/metrics`, on a listener of its own: what monitoring may see is not for everybody.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::get;
use http::{StatusCode, header};

use super::edge;
use crate::engine::Engine;

/// The addresses of the separate listener.
pub fn metrics_router(engine: &Arc<Engine>) -> Router {
    Router::new()
        .route("/metrics", get(page))
        .layer(from_fn_with_state(Arc::clone(engine), edge::guard))
        .with_state(Arc::clone(engine))
}

async fn page(State(engine): State<Arc<Engine>>) -> Result<impl IntoResponse, StatusCode> {
    match engine.metrics_page().await {
        Ok(text) => Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)),
        Err(error) => {
            tracing::warn!(%error, "the numbers for monitoring cannot be read");
            Err(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}
