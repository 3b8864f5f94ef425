//! Playwright, against the debug build with its test seams and the release bundle.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::cluster::Cluster;
use super::tally::Tally;
use crate::bundle::{self, Quality};
use crate::process::Run;
use crate::setup::npm;
use crate::workspace::Workspace;
use crate::{build, environment};

/// Runs all browser tests, or those whose title contains the filter. They start their servers themselves.
pub fn run(workspace: &Workspace, cluster: &Cluster, filter: Option<&str>) -> Result<Tally> {
    bundle::make(workspace, Quality::Release)?;
    let binary = build::with_test_seams(workspace)?;
    let browser =
        |name: &str| environment::program(name).with_context(|| format!("{name} is not on the search path"));
    let (chromium, firefox) = (browser("chromium-headless-shell")?, browser("firefox-esr")?);
    let report = workspace.target("playwright.json");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let mut playwright = Command::new(npm::program(workspace, "playwright"));
    playwright
        .args(["test", "--reporter=line,json"])
        .current_dir(workspace.path("end2end"))
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report)
        .env("REGAIN_BIN", binary)
        .env("REGAIN_TEST_POSTGRES_URL", cluster.url())
        .env("CHROMIUM", chromium)
        .env("FIREFOX", firefox);
    if let Some(filter) = filter {
        // The filter may name Rust tests only.
        playwright.args(["--pass-with-no-tests", "--grep", filter]);
    }
    let succeeded = playwright.succeeds()?;
    Ok(count(&report)?.explaining(succeeded))
}

#[derive(Deserialize)]
struct Report {
    stats: Stats,
}

#[derive(Deserialize)]
struct Stats {
    expected: usize,
    unexpected: usize,
    flaky: usize,
}

/// A run that broke off early leaves no report.
fn count(report: &Path) -> Result<Tally> {
    if !report.exists() {
        return Ok(Tally::default());
    }
    let Report { stats } =
        serde_json::from_slice(&fs::read(report)?).context("cannot read Playwright's report")?;
    let Stats { expected, unexpected, flaky } = stats;
    Ok(Tally { passed: expected + flaky, failed: unexpected, at_second_try: flaky, left_out: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_counted() {
        let folder = tempfile::tempdir().expect("a folder");
        let report = folder.path().join("report.json");
        assert_eq!(count(&report).expect("no report"), Tally::default());
        let stats = r#"{"stats": {"expected": 40, "unexpected": 2, "flaky": 1, "skipped": 3}, "suites": []}"#;
        fs::write(&report, stats).expect("a file");
        let counted = count(&report).expect("a report");
        assert_eq!(counted, Tally { passed: 41, failed: 2, at_second_try: 1, left_out: 0 });
    }
}
