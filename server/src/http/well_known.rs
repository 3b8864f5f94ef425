//! `/.well-known`: where other programs find our pages.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::StatusCode;
use serde_json::json;

use crate::engine::Engine;

/// The addresses.
pub(super) fn routes() -> Router<Arc<Engine>> {
    Router::new()
        .route("/.well-known/change-password", get(change_password))
        .route("/.well-known/passkey-endpoints", get(passkey_endpoints))
}

/// For password managers (W3C, A Well-Known URL for Changing Passwords).
async fn change_password() -> Redirect {
    Redirect::to("/security-info/change-password")
}

/// Where passkeys are made and managed (W3C, A Well-Known URL for Passkey Endpoints): answered here, without a redirect.
async fn passkey_endpoints(State(engine): State<Arc<Engine>>) -> Response {
    if engine.relying_party.is_none() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let link = |path: &str| engine.config.public_url.link(path);
    Json(json!({ "enroll": link("/security-info/add"), "manage": link("/security-info") })).into_response()
}
