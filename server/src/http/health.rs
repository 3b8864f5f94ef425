//! `/livez`: the process answers. `/readyz`: so does its database.

use std::sync::Arc;

use axum::extract::State;
use http::StatusCode;
use regain_core::time::Duration;

use crate::engine::Engine;

/// What answers on a place of the reserve, too.
pub(super) const PATHS: [&str; 2] = ["/livez", "/readyz"];

pub(super) async fn live() -> &'static str {
    "ok"
}

pub(super) async fn ready(State(engine): State<Arc<Engine>>) -> (StatusCode, &'static str) {
    let asked = tokio::time::timeout(Duration::from_secs(3), async {
        let mut tx = engine.store.read().await?;
        tx.settings(crate::organization::SETTINGS).await
    });
    match asked.await {
        Ok(Ok(_)) => (StatusCode::OK, "ok"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}
