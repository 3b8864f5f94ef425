//! `cargo xtask attack`: what an attacker on the network would try, against a server that this command starts on
//! loopback. It knows the product by its contract alone: pages, the command line, the demo outbox.

mod blindness;
mod budgets;
mod classifier;
mod finding;
mod random;
mod relay;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{build, clock, environment, say};
use finding::Verdict;

/// What to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// One part instead of all.
    pub only: Option<Part>,
    /// Pairs of known and unknown names for each surface.
    pub pairs: usize,
}

/// A part of the attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Known and unknown names.
    Blindness,
    /// What anonymous clients use up.
    Budgets,
    /// The caller who talks people through.
    Relay,
}

impl Options {
    fn includes(self, part: Part) -> bool {
        self.only.is_none_or(|only| only == part)
    }

    /// Enough for an interval of 0.02 to either side.
    pub const PAIRS: usize = 2_000;
    /// Enough for one of 0.01.
    pub const MANY_PAIRS: usize = 10_000;
}

/// Tries everything and prints the table; whether all defences held.
pub fn run(workspace: &Workspace, options: Options) -> Result<bool> {
    let binary = match environment::attacked_binary() {
        Some(binary) => {
            say::line(&format!("Not a release build but {}: times say little.", binary.display()));
            binary
        }
        None => build::release(workspace)?,
    };
    let begin = clock::now();
    let mut findings = Vec::new();
    if options.includes(Part::Blindness) {
        findings.extend(finding::of("Known and unknown names", blindness::measure(&binary, options.pairs)));
    }
    if options.includes(Part::Budgets) {
        findings.extend(finding::of("Budgets", budgets::measure(&binary)));
    }
    if options.includes(Part::Relay) {
        findings.extend(relay::measure(&binary));
    }
    say::line(&finding::table(&findings));
    let count = |verdict| findings.iter().filter(|finding| finding.verdict == verdict).count();
    let [held, broken, undecided] = [Verdict::Held, Verdict::Broken, Verdict::Undecided].map(count);
    let minutes = begin.elapsed().as_secs().div_ceil(60);
    say::line(&format!("{held} held, {broken} broken, {undecided} undecided, in {minutes} minutes"));
    Ok(held == findings.len())
}
