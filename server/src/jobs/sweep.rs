//! Deletes what is over: sessions, flows, counters, tokens, delivered messages.

use regain_core::time::Duration;
use regain_store::Result;

use crate::engine::Engine;
use crate::http::IDLE;

const DAY: Duration = Duration::from_hours(24);
/// Flows stay for the help desk, who looks their support code up.
const FLOWS_KEPT: Duration = Duration::from_hours(24 * 30);

/// Tidies once.
pub async fn sweep(engine: &Engine) -> Result<()> {
    let now = engine.now();
    let mut tx = engine.store.write().await?;
    tx.sweep_sessions(now, now.minus(IDLE)).await?;
    tx.sweep_flows(now.minus(FLOWS_KEPT)).await?;
    tx.sweep_counters(now.minus(DAY), now).await?;
    tx.sweep_tokens(now).await?;
    tx.sweep_outbox(now.minus(DAY)).await?;
    tx.commit().await
}
