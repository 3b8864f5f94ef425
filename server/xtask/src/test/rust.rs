//! `cargo test`.

use std::process::Command;

use anyhow::Result;

use super::cluster::Cluster;
use super::tally::Tally;
use crate::bed::{self, Bed};
use crate::process::{self, Run};
use crate::say;
use crate::workspace::Workspace;

/// Areas of the tests over HTTP whose outcome hangs on how a database locks, orders, compares and fails. In a run of
/// everything only these go over PostgreSQL, too: all of them take more than ten minutes of two cores, and the browser
/// tests without JavaScript open every page on PostgreSQL anyway.
const ON_POSTGRES: [&str; 10] = [
    "crash::",
    "faults::",
    "forms::",
    "lockout::",
    "outbox::",
    "people::lists",
    "refusals::",
    "report::",
    "reset::codes",
    "reset::limits",
];

/// Runs all Rust tests, or those whose name contains the filter; those over HTTP a second time, on PostgreSQL: all that
/// are selected, or where everything is, those of [`ON_POSTGRES`].
pub fn run(
    workspace: &Workspace,
    cluster: &Cluster,
    bed: &Bed,
    filter: Option<&str>,
    is_selected: bool,
) -> Result<Tally> {
    let on = |database, arguments: &[&str], names: &[&str]| {
        let mut test = cargo_test(workspace, arguments, names);
        test.env("REGAIN_TEST_POSTGRES_URL", cluster.url()).env("REGAIN_TEST_DATABASE", database);
        test.env(bed::VARIABLE, bed.handover());
        tally(&mut test)
    };
    let filter = filter.as_slice();
    let mut sum = on("sqlite", &process::TESTED, filter)?;
    sum += on("sqlite", &["--package", "regain-xtask"], filter)?;
    say::step("Rust tests over HTTP, on PostgreSQL");
    let names = if is_selected { filter } else { &ON_POSTGRES };
    sum += on("postgres", &[&process::TESTED[..], &["--test", "http"]].concat(), names)?;
    Ok(sum)
}

/// Runs the product's tests whose name contains the filter, on SQLite alone.
pub fn quickly(workspace: &Workspace, filter: &str) -> Result<Tally> {
    tally(&mut cargo_test(workspace, &process::TESTED, &[filter]))
}

fn cargo_test(workspace: &Workspace, arguments: &[&str], names: &[&str]) -> Command {
    let mut test = process::cargo(workspace);
    test.args(["test", "--no-fail-fast"]).args(arguments).arg("--").args(names);
    test
}

fn tally(test: &mut Command) -> Result<Tally> {
    let (succeeded, output) = test.tee()?;
    Ok(count(&output).explaining(succeeded))
}

/// What a test says that could not be run, before the reason. To `cargo test` it passed.
const LEFT_OUT: &str = "left out: ";

/// Adds up the lines `test result: ok. 3 passed; 0 failed; …`, and takes those out that were left out.
fn count(output: &str) -> Tally {
    let mut tally = Tally { left_out: output.matches(LEFT_OUT).count(), ..Tally::default() };
    for line in output.lines().filter(|line| line.starts_with("test result: ")) {
        let (passed, failed) = (number_before(line, "passed"), number_before(line, "failed"));
        tally += Tally { passed, failed, ..Tally::default() };
    }
    tally.passed = tally.passed.saturating_sub(tally.left_out);
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
        assert_eq!(count(output), Tally { passed: 15, failed: 2, ..Tally::default() });
    }

    #[test]
    fn what_could_not_be_run_has_not_passed() {
        let output = "left out: no domain controller here\n\
            test a ... ok\n\
            test b ... left out: no domain controller here\nok\n\
            test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n";
        assert_eq!(count(output), Tally { passed: 1, left_out: 2, ..Tally::default() });
    }

    #[test]
    fn other_lines_do_not_count() {
        assert_eq!(count("running 4 tests\n4 passed\n"), Tally::default());
    }
}
