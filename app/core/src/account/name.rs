//! Names that administrators give, to people and to groups.

use crate::form::FieldProblem;
use crate::text;

/// The longest display name, in characters (Entra's limit).
pub const DISPLAY_NAME_CHARS: usize = 256;
/// The longest first or last name, in characters (Entra's limit).
pub const NAME_CHARS: usize = 64;

/// A name for people or groups: blanks around it go, and it may not hide characters that cannot be seen.
pub(crate) fn name(field: &str, typed: &str, most: usize, problems: &mut Vec<FieldProblem>) -> String {
    let name = typed.trim();
    if name.chars().count() > most {
        problems.push(FieldProblem::new(field, "name-too-long").with("max", &most));
    } else if text::hides_something(name) {
        problems.push(FieldProblem::new(field, "name-invisible"));
    }
    name.to_owned()
}
