//! The organisation's logo: its address carries the hash of its content, so it may be cached for ever.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};

use super::assets::FOR_EVER;
use crate::engine::Engine;

pub(super) async fn serve(State(engine): State<Arc<Engine>>, Path(file): Path<String>) -> Response {
    let hash = file.strip_prefix("logo-").and_then(|rest| rest.strip_suffix(".png"));
    let Some(hash) = hash.filter(|hash| hash.bytes().all(|byte| byte.is_ascii_hexdigit())) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let found = async { engine.store.read().await?.image(hash).await };
    match found.await {
        Ok(Some(picture)) => {
            let headers = [(header::CONTENT_TYPE, "image/png"), (header::CACHE_CONTROL, FOR_EVER)];
            (headers, picture).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "the logo cannot be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
