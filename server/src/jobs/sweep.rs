//! Deletes what is over: sessions, flows, counters, tokens, delivered messages.

use regain_core::time::Duration;
use regain_store::Result;

use crate::engine::Engine;
use crate::http::IDLE;
use crate::place;

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
    // Later than any lock ends; names that nobody has must not pile up.
    tx.sweep_lockouts(now.minus(DAY)).await?;
    tx.sweep_places(now.minus(place::FAMILIAR)).await?;
    tx.sweep_tokens(now).await?;
    tx.sweep_outbox(now.minus(DAY)).await?;
    // Longer than a day counts: caps and cool-downs look back as far.
    tx.sweep_deliveries(now.minus(2 * DAY), now).await?;
    tx.commit().await
}
