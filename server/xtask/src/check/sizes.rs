//! How long source files are.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::Run;
use crate::say;
use crate::workspace::Workspace;

/// No source file is longer.
pub const LONGEST: usize = 600;

/// Half of them are not longer.
pub const MEDIAN: usize = 120;

/// The lengths of all source files.
#[derive(Debug)]
pub struct Sizes {
    /// Lines and path, shortest first.
    files: Vec<(usize, String)>,
}

impl Sizes {
    /// Counts their lines.
    pub fn measure(workspace: &Workspace) -> Result<Self> {
        let paths = tracked(workspace)?.into_iter().filter(|path| is_source(path));
        let measured = paths.map(|path| Ok((lines(&workspace.path(&path))?, path)));
        let mut files = measured.collect::<Result<Vec<_>>>()?;
        files.sort();
        Ok(Self { files })
    }

    /// The length of the file in the middle.
    pub fn median(&self) -> usize {
        self.files.get(self.files.len() / 2).map_or(0, |(lines, _)| *lines)
    }

    /// The longest file.
    pub fn longest(&self) -> (usize, &str) {
        self.files.last().map_or((0, ""), |(lines, path)| (*lines, path))
    }
}

/// Files that are too long.
pub fn problems(workspace: &Workspace) -> Result<Vec<String>> {
    let sizes = Sizes::measure(workspace)?;
    let (longest, path) = sizes.longest();
    say::line(&format!(
        "{} source files, median {} lines, longest {longest} ({path})",
        sizes.files.len(),
        sizes.median()
    ));
    let too_long = sizes.files.iter().filter(|(lines, _)| *lines > LONGEST);
    Ok(too_long.map(|(lines, path)| format!("{path} has {lines} lines, more than {LONGEST}")).collect())
}

/// The files that git tracks, and those that it would.
pub fn tracked(workspace: &Workspace) -> Result<Vec<String>> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        .current_dir(workspace.path(""))
        .read()?;
    // A file that is deleted but not yet committed is still listed.
    let exists = |path: &&str| workspace.path(path).is_file();
    Ok(listed.split('\0').filter(exists).map(ToOwned::to_owned).collect())
}

/// Written by people: no lock files, no generated code.
fn is_source(path: &str) -> bool {
    let endings = ["rs", "ts", "js", "css", "sql", "ftl"];
    Path::new(path).extension().is_some_and(|end| endings.iter().any(|ending| end == *ending))
}

fn lines(file: &Path) -> Result<usize> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(text.lines().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(lengths: &[usize]) -> Sizes {
        Sizes { files: lengths.iter().map(|lines| (*lines, format!("{lines}.rs"))).collect() }
    }

    #[test]
    fn median_and_longest() {
        assert_eq!(sizes(&[10, 20, 700]).median(), 20);
        assert_eq!(sizes(&[10, 20, 700]).longest(), (700, "700.rs"));
        assert_eq!(sizes(&[]).median(), 0);
    }

    #[test]
    fn lock_files_are_not_sources() {
        assert!(is_source("server/src/main.rs") && is_source("style/base.css"));
        assert!(!is_source("Cargo.lock") && !is_source("end2end/package-lock.json"));
    }
}
