//! `cargo xtask test`: everything that can be checked, and one closing line.

mod browser;
mod cluster;
mod rust;
mod tally;

use anyhow::Result;

use crate::arguments::{Part, Selection};
use crate::bed::Beginning;
use crate::workspace::Workspace;
use crate::{check, say, setup};
use cluster::Cluster;
use tally::Tally;

/// Runs what is selected; whether all of it passed.
pub fn run(workspace: &Workspace, selection: &Selection) -> Result<bool> {
    setup::for_tests(workspace)?;
    // Made while the source is checked: that takes longer.
    let directories = if selection.includes(Part::Rust) { Some(Beginning::of(workspace)?) } else { None };
    let mut tally = Tally::default();
    if selection.includes(Part::Lint) {
        tally += checks(workspace);
    }
    if selection.includes(Part::Rust) || selection.includes(Part::EndToEnd) {
        say::step("Starting a private PostgreSQL");
        let cluster = Cluster::start()?;
        if let Some(directories) = directories {
            say::step("Starting directories on loopback");
            let bed = directories.launch()?;
            say::step("Rust tests, on SQLite and PostgreSQL");
            let filter = selection.filter.as_deref();
            let is_selected = selection.only.is_some() || filter.is_some();
            tally += rust::run(workspace, &cluster, &bed, filter, is_selected)?;
        }
        if selection.includes(Part::EndToEnd) {
            say::step("Browser tests, with and without JavaScript");
            tally += browser::run(workspace, &cluster, selection.filter.as_deref())?;
        }
    }
    say::line(&tally.to_string());
    Ok(tally.failed == 0)
}

/// Runs the product's tests whose name contains this, while one works; whether there are any and all passed.
pub fn quickly(workspace: &Workspace, name: &str) -> Result<bool> {
    let tally = rust::quickly(workspace, name)?;
    say::line(&tally.to_string());
    Ok(tally.failed == 0 && tally.passed > 0)
}

/// Each check counts as one.
fn checks(workspace: &Workspace) -> Tally {
    let mut tally = Tally::default();
    for check in check::ALL {
        say::step(&format!("Check: {}", check.name));
        let problems = (check.problems)(workspace).unwrap_or_else(|error| vec![format!("{error:#}")]);
        for problem in &problems {
            say::problem(problem);
        }
        let failed = usize::from(!problems.is_empty());
        tally += Tally { passed: 1 - failed, failed, ..Tally::default() };
    }
    tally
}
