//! What an administrator types about a group.

use super::name::name;
use crate::form::FieldProblem;

/// The longest name of a group, in characters (Entra's limit).
pub const GROUP_NAME_CHARS: usize = 256;
/// The longest description of a group, in characters (Entra's limit).
pub const DESCRIPTION_CHARS: usize = 1024;

/// Checked name and description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupDetails {
    /// Name, as typed.
    pub name: String,
    /// Description; may be empty.
    pub description: String,
}

impl GroupDetails {
    /// Checks what was typed; the fields are `name` and `description`.
    pub fn parse(typed_name: &str, description: &str) -> Result<Self, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let group = Self {
            name: name("name", typed_name, GROUP_NAME_CHARS, &mut problems),
            description: name("description", description, DESCRIPTION_CHARS, &mut problems),
        };
        if group.name.is_empty() {
            problems.insert(0, FieldProblem::new("name", "group-name-empty"));
        }
        if problems.is_empty() { Ok(group) } else { Err(problems) }
    }

    /// The key that all spellings of the name share.
    pub fn key(&self) -> String {
        group_key(&self.name)
    }
}

/// The key by which a group is found, whatever the case of its name.
pub fn group_key(name: &str) -> String {
    name.trim().to_lowercase()
}
