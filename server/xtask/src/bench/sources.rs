//! How long source files are.

use anyhow::Result;

use super::figure::{Budget, Figure};
use super::running::Running;
use crate::check::sizes::{LONGEST, MEDIAN, Sizes};
use crate::workspace::Workspace;

/// Median and longest.
pub fn lengths(workspace: &Workspace, _: &Running) -> Result<Vec<Figure>> {
    let sizes = Sizes::measure(workspace)?;
    let (longest, path) = sizes.longest();
    Ok(vec![
        Figure::new("Source files, median", number(sizes.median()), "lines", Budget::AtMost(number(MEDIAN))),
        Figure::new(format!("Longest, {path}"), number(longest), "lines", Budget::AtMost(number(LONGEST))),
    ])
}

#[expect(clippy::cast_precision_loss, reason = "line counts are far below 2^52")]
fn number(lines: usize) -> f64 {
    lines as f64
}
