//! Honest people while others send as fast as they can.

use std::time::Duration;

use anyhow::Result;

use crate::attack::finding::{Finding, Verdict};
use crate::flood;
use crate::organisation::Organisation;

const PATIENCE: Duration = Duration::from_millis(500);
const MEBIBYTES: f64 = 128.0;

/// Pages, resets without work and guessed passwords from 200 hosts; one honest person after the other.
pub fn from_200_hosts(organisation: &Organisation) -> Result<Vec<Finding>> {
    let flood = flood::run(organisation)?;
    let tried = format!("{:.0} hostile requests a second", flood.rate());
    let memory = flood.memory;
    let mut findings: Vec<Finding> = flood
        .p95()
        .map(|(step, p95)| Finding {
            threats: "T133",
            tried: format!("{tried}: {step}, p95"),
            found: format!("{} ms", p95.as_millis()),
            allowed: format!("≤ {} ms", PATIENCE.as_millis()),
            verdict: Verdict::of(p95 <= PATIENCE),
        })
        .collect();
    findings.push(Finding {
        threats: "T137",
        tried: format!("{tried}: resident memory"),
        found: format!("{memory:.0} MiB"),
        allowed: format!("≤ {MEBIBYTES:.0} MiB"),
        verdict: Verdict::of(memory <= MEBIBYTES),
    });
    Ok(findings)
}
