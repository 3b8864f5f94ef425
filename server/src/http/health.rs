//! `/livez`: the process answers. `/readyz`: its database can be read, and takes what is written to it. A request writes
//! nothing to find out: whatever wrote last knows, and a job writes every few seconds.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::extract::State;
use http::StatusCode;

use crate::engine::Engine;
use crate::jobs::heartbeat::OVERDUE;

/// What answers on a place of the reserve, too.
pub(super) const PATHS: [&str; 2] = ["/livez", "/readyz"];

pub(super) async fn live() -> &'static str {
    "ok"
}

pub(super) async fn ready(State(engine): State<Arc<Engine>>) -> (StatusCode, String) {
    match engine.readiness().await {
        Ok(last) => (StatusCode::OK, format!("ok\n{last}\n")),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")),
    }
}

impl Engine {
    /// When something was last written; or why this server should get no requests.
    async fn readiness(&self) -> Result<String, String> {
        if let Err(error) = self.store.watch().await {
            return Err(format!("the database does not answer: {error}"));
        }
        let writing = self.store.writing();
        let last = writing.last.map_or_else(
            || "nothing was written yet".to_owned(),
            |ago| format!("last write {} s ago", ago.as_secs()),
        );
        match (writing.trouble, writing.heard) {
            (Some(trouble), _) => Err(format!("the database takes no writes: {trouble}; {last}")),
            // A job writes every few seconds: it hangs.
            (None, Some(ago)) if self.beats.load(Ordering::Relaxed) && ago > OVERDUE => {
                Err(format!("the database takes no writes: {last}"))
            }
            _ => Ok(last),
        }
    }
}
