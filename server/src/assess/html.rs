//! The report as one page: no script, nothing from elsewhere, readable in light and dark and on paper.

mod charts;
mod findings;
mod markup;
mod page;
mod scale;
mod service;
mod tables;

use super::assessment::Assessment;

/// Writes the page.
pub fn html(assessment: &Assessment) -> String {
    page::page(assessment)
}
