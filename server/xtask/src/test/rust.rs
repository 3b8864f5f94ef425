//! `cargo test`.

use anyhow::Result;

use super::cluster::Cluster;
use super::tally::Tally;
use crate::process::{self, Run};
use crate::say;
use crate::workspace::Workspace;

/// Runs all Rust tests, or those whose name contains the filter; those over HTTP a second time, on PostgreSQL.
pub fn run(workspace: &Workspace, cluster: &Cluster, filter: Option<&str>) -> Result<Tally> {
    let mut tally = cargo_test(workspace, cluster, filter, &[], "sqlite")?;
    say::step("Rust tests over HTTP, on PostgreSQL");
    tally += cargo_test(workspace, cluster, filter, &["--test", "http"], "postgres")?;
    Ok(tally)
}

/// `targets` narrows what runs. Packages and features are always the same, or everything would be compiled again.
fn cargo_test(
    workspace: &Workspace,
    cluster: &Cluster,
    filter: Option<&str>,
    targets: &[&str],
    database: &str,
) -> Result<Tally> {
    let (succeeded, output) = process::cargo(workspace)
        .args(["test", "--workspace", "--features", "regain-server/test-seams", "--no-fail-fast"])
        .args(targets)
        .args(filter)
        .env("REGAIN_TEST_POSTGRES_URL", cluster.url())
        .env("REGAIN_TEST_DATABASE", database)
        .tee()?;
    Ok(count(&output).explaining(succeeded))
}

/// Adds up the lines `test result: ok. 3 passed; 0 failed; …`.
fn count(output: &str) -> Tally {
    let mut tally = Tally::default();
    for line in output.lines().filter(|line| line.starts_with("test result: ")) {
        tally += Tally { passed: number_before(line, "passed"), failed: number_before(line, "failed") };
    }
    tally
}

fn number_before(line: &str, word: &str) -> usize {
    let words: Vec<&str> = line.split([' ', ';', '.']).filter(|word| !word.is_empty()).collect();
    let pair = words.windows(2).find(|pair| pair[1] == word);
    pair.and_then(|pair| pair[0].parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_added_up() {
        let output = "test a ... ok\n\
            test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s\n";
        assert_eq!(count(output), Tally { passed: 15, failed: 2 });
    }

    #[test]
    fn other_lines_do_not_count() {
        assert_eq!(count("running 4 tests\n4 passed\n"), Tally::default());
    }
}
