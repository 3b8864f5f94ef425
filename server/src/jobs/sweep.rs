//! Deletes what is over: sessions, temporary passes, flows, counters, tokens, delivered messages, links of mails.

use regain_core::limits::{COUNTERS_KEPT, KNOWN_BROWSER};
use regain_core::time::{Duration, Timestamp};
use regain_store::{Result, SWEPT, Trimmed, Tx};

use crate::account_key::{MADE_UP, counter_prefix};
use crate::engine::Engine;
use crate::hold;
use crate::http::IDLE;
use crate::place;

const DAY: Duration = Duration::from_hours(24);
/// Flows stay for the help desk, who looks their support code up.
const FLOWS_KEPT: Duration = Duration::from_hours(24 * 30);

/// Reports look back a month; the audit log keeps what they were made of.
const COUNTS_KEPT: Duration = Duration::from_hours(24 * 62);

/// What is tidied.
#[derive(Clone, Copy)]
enum Kind {
    Sessions,
    Passes,
    HelpCalls,
    Flows,
    Forms,
    Counters,
    Lockouts,
    Places,
    Browsers,
    Holds,
    Tokens,
    Outbox,
    ReportLinks,
    Usage,
    Deliveries,
}

impl Kind {
    const ALL: [Self; 15] = [
        Self::Sessions,
        Self::Passes,
        Self::HelpCalls,
        Self::Flows,
        Self::Forms,
        Self::Counters,
        Self::Lockouts,
        Self::Places,
        Self::Browsers,
        Self::Holds,
        Self::Tokens,
        Self::Outbox,
        Self::ReportLinks,
        Self::Usage,
        Self::Deliveries,
    ];
}

/// Tidies once: each kind in transactions of its own, none of them long, so that no rows of one are held while those of
/// another are waited for.
pub async fn sweep(engine: &Engine) -> Result<()> {
    for kind in Kind::ALL {
        loop {
            let mut tx = engine.store.write().await?;
            let swept = sweep_one(&mut *tx, kind, engine.now()).await?;
            tx.commit().await?;
            if swept < SWEPT.unsigned_abs() || *engine.stopping.borrow() {
                break;
            }
        }
    }
    Ok(())
}

/// What the counters of sources begin with.
const SOURCES: &str = "source:";

/// What the counters of names that nobody has begin with.
fn made_up_counters() -> String {
    let mut prefix = counter_prefix(MADE_UP);
    // The account goes on after it.
    prefix.pop();
    prefix
}

async fn sweep_one(tx: &mut dyn Tx, kind: Kind, now: Timestamp) -> Result<u64> {
    match kind {
        Kind::Sessions => tx.sweep_sessions(now, now.minus(IDLE)).await,
        Kind::Passes => tx.sweep_passes(now).await,
        // Later than anybody can still report a request of it.
        Kind::HelpCalls => tx.sweep_help_calls(now.minus(DAY)).await,
        Kind::Flows => tx.sweep_flows(now.minus(FLOWS_KEPT)).await,
        Kind::Forms => tx.sweep_answered(now).await,
        // Failures of a day are kept by halves, up to a day and a half.
        Kind::Counters => {
            let mut swept = tx.sweep_counters(now.minus(2 * DAY), now).await?;
            for prefix in [made_up_counters().as_str(), SOURCES] {
                swept += tx.trim(Trimmed::Counters, prefix, COUNTERS_KEPT).await?;
            }
            Ok(swept)
        }
        // Later than any lock ends; names that nobody has must not pile up.
        Kind::Lockouts => {
            let swept = tx.sweep_lockouts(now.minus(DAY)).await?;
            Ok(swept + tx.trim(Trimmed::Lockouts, MADE_UP, COUNTERS_KEPT).await?)
        }
        Kind::Places => tx.sweep_places(now.minus(place::FAMILIAR)).await,
        Kind::Browsers => tx.sweep_browsers(now.minus(KNOWN_BROWSER)).await,
        Kind::Holds => tx.sweep_holds(now.minus(hold::KEPT)).await,
        Kind::Tokens => tx.sweep_tokens(now).await,
        Kind::Outbox => tx.sweep_outbox(now.minus(DAY)).await,
        Kind::ReportLinks => tx.sweep_report_links(now).await,
        Kind::Usage => tx.sweep_usage(now.minus(COUNTS_KEPT)).await,
        // Longer than a day counts: caps and cool-downs look back as far.
        Kind::Deliveries => tx.sweep_deliveries(now.minus(2 * DAY), now).await,
    }
}
