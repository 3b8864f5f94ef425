//! The authenticator's addresses: its page, its manifest, and the calls that it signs.

mod api;
mod page;
mod signed;
mod status;
mod stream;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::engine::Engine;

/// Where phones' calls go.
pub(super) const CALLS: &str = "/authenticator/api/";

/// The app's page. Its slash is part of it: what lies below is what its worker serves.
pub(super) const PAGE: &str = "/authenticator/";

/// All of them.
pub(super) fn routes() -> Router<Arc<Engine>> {
    Router::new()
        .route(PAGE, get(page::page))
        .route("/authenticator/manifest.webmanifest", get(page::manifest))
        .route("/authenticator/api/pair", post(api::pair))
        .route("/authenticator/api/requests", get(api::requests))
        .route("/authenticator/api/answer", post(api::answer))
        .route("/authenticator/api/approved", get(api::approved))
        .route("/authenticator/api/finish", post(api::finish))
        .route("/authenticator/api/subscription", post(api::subscribe))
        .route("/authenticator/api/stream", get(stream::stream))
        .route("/reset/verify/status", get(status::reset))
        .route("/signin/verify/status", get(status::step_up))
        .route("/admin/users/verify-caller/status", get(status::caller))
        .route("/register/notifications/status", get(status::registration))
}
