//! The organisation's name.

use super::name::name;
use crate::form::FieldProblem;

/// The longest name, in characters: it stands in subjects of mails and in titles.
pub const ORGANIZATION_CHARS: usize = 100;

/// Reads an organisation's name; problems are of `field`.
pub fn organization_name(typed: &str, field: &str) -> Result<String, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let name = name(field, typed, ORGANIZATION_CHARS, &mut problems);
    if name.is_empty() {
        problems.push(FieldProblem::new(field, "organization-name-empty"));
    }
    if problems.is_empty() { Ok(name) } else { Err(problems) }
}
