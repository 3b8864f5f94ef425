//! `cargo xtask bench`: the budgets of the design, measured on the release build.
//!
//! To add a figure: a function in one of the modules below, and its name in [`FIGURES`].

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

/// Measures everything and prints the table; whether all budgets are met.
pub fn run(workspace: &Workspace) -> Result<bool> {
    let binary = build::release(workspace)?;
    let running = Running::start(&binary)?;
    let mut figures = Vec::new();
    for measure in FIGURES {
        figures.extend(measure(workspace, &running)?);
    }
    say::line(&figure::table(&figures));
    Ok(figures.iter().all(Figure::is_met))
}
