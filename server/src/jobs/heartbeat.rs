//! Writes a sign of life, as any request would write: so a database that takes no writes is found out before somebody
//! needs it, and found to be well again within seconds. And keeps this server's clock in step with what others saw.

use std::sync::atomic::Ordering;

use regain_core::time::{Clock, Duration};
use regain_store::Result;

use crate::engine::Engine;

/// How long after the last sign of life a server that gives them is taken for stuck.
pub const OVERDUE: Duration = Duration::from_secs(20);
/// A machine's clock that is further off than this is told.
const SKEW: i64 = 5_000_000;

/// Gives one.
pub async fn beat(engine: &Engine) -> Result<()> {
    let mut tx = engine.store.write().await?;
    if let Some(shared) = tx.database_time().await? {
        engine.clock.follow(shared);
    }
    let latest = tx.beat(engine.now()).await?;
    tx.commit().await?;
    engine.clock.raise(latest);
    let skewed = skew_text(&*engine.clock);
    if engine.skew_told.swap(skewed.is_some(), Ordering::Relaxed) != skewed.is_some() {
        match skewed {
            Some(text) => tracing::warn!("{text}"),
            None => tracing::info!("this machine's clock is right again"),
        }
    }
    Ok(())
}

/// By how many seconds a machine's clock is ahead of the time that counts, if that is worth telling; negative: behind.
pub fn skew(clock: &dyn Clock) -> Option<i64> {
    let ahead = clock.machine_ahead();
    (ahead.abs() > SKEW).then_some(ahead / 1_000_000)
}

/// The same in words.
pub fn skew_text(clock: &dyn Clock) -> Option<String> {
    skew(clock).map(|ahead| {
        format!(
            "this machine's clock is {} s {} the time that counts (the latest that a server here saw, or the \
             database's); set it right, or codes of authenticator apps may not match{}",
            ahead.unsigned_abs(),
            if ahead > 0 { "ahead of" } else { "behind" },
            if ahead > 0 { "" } else { "; where it is right, stop every server and run regain clock" }
        )
    })
}
