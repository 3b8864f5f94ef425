//! What an upload did, kept with the session for the page that follows: reasons for hundreds of rows fit into no cookie.

use regain_app::outcome::Failure;
use regain_app::services::hardware_tokens::UploadReport;
use regain_app::visit::Visit;
use regain_core::form::FieldProblem;
use regain_store::{Result, Tx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::Engine;
use crate::people::Uploaded;
use crate::services::failure;

const NAME: &str = "hardware-tokens";
/// Whoever has more bad rows than this corrects the file before reading on.
const LISTED: usize = 100;

#[derive(Serialize, Deserialize)]
struct Kept {
    done: usize,
    refused: Vec<(u64, FieldProblem)>,
    more: usize,
}

/// Keeps it. No row's secret is part of it.
pub(super) async fn keep(
    engine: &Engine,
    visit: &Visit,
    uploaded: Uploaded,
) -> std::result::Result<(), Failure> {
    let Some(session) = session_id(visit) else { return Ok(()) };
    let Uploaded { done, mut refused } = uploaded;
    let more = refused.len().saturating_sub(LISTED);
    refused.truncate(LISTED);
    let body = serde_json::to_string(&Kept { done, refused, more }).map_err(|_| Failure::Internal)?;
    let kept = async {
        let mut tx = engine.store.write().await?;
        tx.keep_draft(session, NAME, &body).await?;
        tx.commit().await
    };
    kept.await.map_err(failure)
}

/// What was kept.
pub(super) async fn kept(tx: &mut dyn Tx, visit: &Visit) -> Result<Option<UploadReport>> {
    let Some(session) = session_id(visit) else { return Ok(None) };
    let body = tx.draft(session, NAME).await?;
    let kept = body.and_then(|body| serde_json::from_str(&body).ok());
    Ok(kept.map(|Kept { done, refused, more }| UploadReport { done, refused, more }))
}

fn session_id(visit: &Visit) -> Option<Uuid> {
    visit.session.as_ref()?.id.parse().ok()
}
