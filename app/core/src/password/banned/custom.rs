//! The administrator's own list.

use crate::form::FieldProblem;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// The most terms (R165).
pub const MAX_CUSTOM: usize = 1000;
/// Length of a term in characters (R166).
pub const CUSTOM_CHARS: RangeInclusive<usize> = 4..=16;
/// A longer summary of problems would help nobody.
const MAX_REPORTED: usize = 20;

/// Reads a list with one term a line. Blank lines and repetitions go; the terms keep their spelling.
/// Problems are of `field` and name the line.
pub fn parse_custom_list(text: &str, field: &str) -> Result<Vec<String>, Vec<FieldProblem>> {
    let mut terms = Vec::new();
    let mut seen = BTreeSet::new();
    let mut problems = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let term = line.trim();
        if term.is_empty() {
            continue;
        }
        if !CUSTOM_CHARS.contains(&term.chars().count()) || term.chars().any(char::is_control) {
            if problems.len() < MAX_REPORTED {
                problems.push(length_problem(field, index + 1));
            }
        } else if seen.insert(super::normalized(term)) {
            terms.push(term.to_owned());
        }
    }
    if terms.len() > MAX_CUSTOM {
        problems.push(FieldProblem::new(field, "banned-too-many").with("max", &MAX_CUSTOM));
    }
    if problems.is_empty() { Ok(terms) } else { Err(problems) }
}

fn length_problem(field: &str, line: usize) -> FieldProblem {
    FieldProblem::new(field, "banned-term-length")
        .with("line", &line)
        .with("min", CUSTOM_CHARS.start())
        .with("max", CUSTOM_CHARS.end())
}
