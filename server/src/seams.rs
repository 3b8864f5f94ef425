//! Test-only seams: a clock that tests can move, the CAPTCHA's answer, jobs on demand.

use std::sync::Arc;

use axum::Router;

use crate::engine::Engine;

/// Addresses under `/test`.
pub fn routes(_engine: &Arc<Engine>) -> Router {
    Router::new()
}
