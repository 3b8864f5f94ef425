//! Goes back to the right time after the machine's clock was set forward by mistake. By itself time never goes back, or a
//! code would live longer; so what has an end is ended first.

use anyhow::ensure;
use regain_core::time::{Duration, Timestamp};
use regain_store::Voided;

use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::people::Actor;

/// Less is not worth signing everybody out.
const LEAST: Duration = Duration::from_secs(5);
/// Notices that were written longer ago are not sent after all.
const NOTICES: Duration = Duration::from_hours(1);

/// What was put right.
#[derive(Debug)]
pub struct PutRight {
    /// By how much time was ahead.
    pub ahead: Duration,
    /// What was ended.
    pub voided: Voided,
}

/// Takes the clock of the machine, or the one that several servers share, for the time that counts. No server may run:
/// it would write its own time again. `None` when time is not ahead.
pub async fn put_right(engine: &Engine) -> anyhow::Result<Option<PutRight>> {
    let mut tx = engine.store.write().await?;
    let machine = Timestamp(engine.now().0 + engine.clock.machine_ahead());
    let right = tx.database_time().await?.unwrap_or(machine);
    ensure!(right.0 > 0, "this machine's clock shows no time");
    let ahead = tx.latest_seen().await?.since(right);
    if ahead <= LEAST {
        return Ok(None);
    }
    let voided = tx.void_all(right.minus(NOTICES), right).await?;
    tx.put_time_back(right).await?;
    let record = audit::success(service::DIRECTORY, activity::CLOCK)
        .because("Time had run ahead of the clock")
        .detail("seconds", ahead.as_secs())
        .detail("sessions", voided.sessions)
        .detail("flows", voided.flows);
    let mut record = Actor::command_line(engine).sign(engine, record);
    record.at = right;
    tx.append(&record).await?;
    tx.commit().await?;
    Ok(Some(PutRight { ahead, voided }))
}
