//! `cargo xtask bench`: the budgets of the design, measured on the release build.
//!
//! To add a figure: a function in one of the modules below, and its name in [`FIGURES`].

mod builds;
mod bundle;
mod figure;
mod flood;
mod load;
mod outbox;
mod requests;
mod reset;
mod running;
mod scale;
mod sink;
mod sources;

use anyhow::Result;

use crate::workspace::Workspace;
use crate::{build, say};
use figure::Figure;
use running::Running;

/// A measurement. One run may yield several figures.
type Measure = fn(&Workspace, &Running) -> Result<Vec<Figure>>;

/// In this order, on one server: memory is measured before the load.
const FIGURES: [Measure; 12] = [
    bundle::script,
    bundle::style,
    sources::lengths,
    running::start,
    running::memory,
    running::page,
    requests::first_load,
    load::reset_page,
    reset::whole,
    flood::honest,
    outbox::drain,
    scale::organisation,
];

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The release build at work.
    Product,
    /// Building it.
    Build,
}

/// Measures everything of a part and prints the table; whether all budgets are met.
pub fn run(workspace: &Workspace, part: Part) -> Result<bool> {
    let figures = match part {
        Part::Product => product(workspace)?,
        Part::Build => builds::measure(workspace)?,
    };
    say::line(&figure::table(&figures));
    Ok(figures.iter().all(Figure::is_met))
}

fn product(workspace: &Workspace) -> Result<Vec<Figure>> {
    let binary = build::release(workspace)?;
    let running = Running::start(&binary)?;
    let mut figures = Vec::new();
    for measure in FIGURES {
        figures.extend(measure(workspace, &running)?);
    }
    Ok(figures)
}
