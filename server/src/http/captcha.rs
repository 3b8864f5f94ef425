//! The CAPTCHA's picture and sound, drawn when they are fetched.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};
use regain_app::visit::Visit;
use regain_core::time::Timestamp;
use serde::Deserialize;

use crate::captcha;
use crate::crypto::Keys;
use crate::engine::Engine;

#[derive(Deserialize)]
pub(super) struct Asked {
    token: String,
}

pub(super) async fn picture(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    Query(asked): Query<Asked>,
) -> Response {
    drawn(engine, &visit, asked, captcha::picture, "image/png").await
}

pub(super) async fn sound(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    Query(asked): Query<Asked>,
) -> Response {
    drawn(engine, &visit, asked, captcha::sound, "audio/wav").await
}

/// Drawn beside what else the server does, so many at once and no more.
async fn drawn(
    engine: Arc<Engine>,
    visit: &Visit,
    asked: Asked,
    draw: fn(&Keys, Timestamp, &str) -> Option<Vec<u8>>,
    kind: &'static str,
) -> Response {
    let Some(place) = engine.drawings.place(visit.address.key()).await else {
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")]).into_response();
    };
    let work = move || {
        let _place = place;
        draw(&engine.keys, engine.now(), &asked.token)
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(Some(bytes)) => ([(header::CONTENT_TYPE, kind)], bytes).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a CAPTCHA could not be drawn");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
