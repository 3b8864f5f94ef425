//! Honest people under a flood.

use anyhow::Result;

use super::figure::{Budget, Figure};
use super::running::Running;
use crate::flood;
use crate::organisation::Organisation;
use crate::workspace::Workspace;

/// What each step takes them, and what the server needs, while 200 hosts send 4,000 requests a second.
pub fn honest(workspace: &Workspace, _: &Running) -> Result<Vec<Figure>> {
    let organisation = Organisation::start(&workspace.target("release/regain"))?;
    organisation.import(&flood::people())?;
    organisation.regain(&["policy", "set", "scope", "all"])?;
    let flood = flood::run(&organisation)?;
    let mut figures =
        vec![Figure::new("Flood", flood.rate(), "requests/s", Budget::AtLeast(f64::from(flood::RATE)))];
    figures.extend(flood.p95().map(|(step, p95)| {
        let milliseconds = p95.as_secs_f64() * 1_000.0;
        Figure::new(format!("Flood, honest step: {step}, p95"), milliseconds, "ms", Budget::AtMost(500.0))
    }));
    figures.push(Figure::new("Flood, resident memory", flood.memory, "MiB", Budget::AtMost(128.0)));
    Ok(figures)
}
