//! The files of `server/directory/tests/bed/`, filled in.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// The text of a file with each `@NAME@` replaced. One that nobody knows is an error.
pub fn filled(workspace: &Workspace, name: &str, values: &[(&str, &str)]) -> Result<String> {
    let path = workspace.path("server/directory/tests/bed").join(name);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = replaced(text, values);
    match placeholder(&text) {
        Some(left) => bail!("nobody knows @{left}@ of {name}"),
        None => Ok(text),
    }
}

fn replaced(text: String, values: &[(&str, &str)]) -> String {
    values.iter().fold(text, |text, (name, value)| text.replace(&format!("@{name}@"), value))
}

fn placeholder(text: &str) -> Option<&str> {
    let is_name = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    text.split('@').find(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_and_the_unknown_noticed() {
        let text =
            replaced("pid @FOLDER@/pid, @A_KEY@, mail a@example.test".to_owned(), &[("FOLDER", "/bed")]);
        assert_eq!(text, "pid /bed/pid, @A_KEY@, mail a@example.test");
        assert_eq!(placeholder(&text), Some("A_KEY"));
        assert_eq!(placeholder("mail a@example.test"), None);
    }
}
