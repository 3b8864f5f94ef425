//! Every number of a threat or fault that the project cites means something in `server/docs/threats.md`, and every test
//! that the table names exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::sizes::tracked;
use crate::workspace::Workspace;

const TABLE: &str = "server/docs/threats.md";
/// Says in more detail which test proves what.
const TESTS: &str = "server/docs/security-tests.md";
const ENDINGS: [&str; 6] = ["rs", "ts", "js", "sql", "ftl", "md"];

/// Numbers without a row, and tests and files that are named as proofs and that nobody wrote.
pub fn problems(workspace: &Workspace) -> Result<Vec<String>> {
    let known = defined(&fs::read_to_string(workspace.path(TABLE))?);
    let (proofs, mut problems) = (proofs(workspace)?, Vec::new());
    for document in [TABLE, TESTS] {
        let missing = unproved(&fs::read_to_string(workspace.path(document))?, &proofs);
        problems.extend(
            missing.iter().map(|proof| {
                format!("{document} names {proof} as a proof, and there is no such test or file")
            }),
        );
    }
    for path in tracked(workspace)? {
        let is_text =
            Path::new(&path).extension().is_some_and(|end| ENDINGS.iter().any(|ending| end == *ending));
        if !is_text || path == TABLE {
            continue;
        }
        let unknown: Vec<_> =
            cited(&fs::read_to_string(workspace.path(&path))?).difference(&known).cloned().collect();
        if !unknown.is_empty() {
            problems.push(format!("{path} cites {}, which {TABLE} does not explain", unknown.join(", ")));
        }
    }
    Ok(problems)
}

/// What can be cited as a proof: tests by their names, and files by their paths.
#[derive(Default)]
struct Proofs {
    tests: BTreeSet<String>,
    files: Vec<String>,
}

fn proofs(workspace: &Workspace) -> Result<Proofs> {
    let mut proofs = Proofs::default();
    for path in tracked(workspace)? {
        if Path::new(&path).extension().is_some_and(|extension| extension == "rs") {
            proofs.tests.extend(tests_in(&fs::read_to_string(workspace.path(&path))?));
        }
        proofs.files.push(path);
    }
    Ok(proofs)
}

/// The names of the functions that follow `#[test]` or `#[tokio::test]`, of properties, and of those that run on both
/// engines.
fn tests_in(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for part in text.split("fn ").skip(1) {
        let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        if name.contains('_') {
            names.insert(name);
        }
    }
    names
}

/// Tests and files in backquotes, in the last cells of a table's rows, that are not there.
fn unproved(table: &str, proofs: &Proofs) -> Vec<String> {
    let cells = table.lines().filter_map(|line| line.strip_prefix('|')?.trim_end().strip_suffix('|'));
    let last = cells.filter_map(|row| row.rsplit('|').next());
    let cited = last.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    cited.filter(|proof| !is_there(proof, proofs)).map(ToOwned::to_owned).collect()
}

/// `t36_…` is any test whose name begins so, `t36_x` that one, and anything with an ending a file.
fn is_there(proof: &str, proofs: &Proofs) -> bool {
    if let Some(start) = proof.strip_suffix('…') {
        return proofs.tests.iter().any(|test| test.starts_with(start));
    }
    if ENDINGS.iter().any(|end| proof.ends_with(&format!(".{end}"))) {
        return proofs.files.iter().any(|file| format!("/{file}").ends_with(&format!("/{proof}")));
    }
    !proof.contains('_') || proofs.tests.contains(proof)
}

/// The numbers in the first cells of the table's rows; `F14–F18` are five.
fn defined(table: &str) -> BTreeSet<String> {
    let cells = table.lines().filter_map(|line| line.strip_prefix('|')?.split('|').next());
    cells.flat_map(|cell| cell.split(',')).flat_map(|part| range(part.trim())).collect()
}

fn range(part: &str) -> Vec<String> {
    let (first, last) = part.split_once('–').unwrap_or((part, part));
    let (Some((letter, from)), Some((_, to))) = (number(first), number(last)) else { return Vec::new() };
    (from..=to).map(|number| format!("{letter}{number}")).collect()
}

/// `T` or `F`, and one to three digits.
fn number(word: &str) -> Option<(char, u32)> {
    let letter = word.chars().next().filter(|letter| ['T', 'F'].contains(letter))?;
    let digits = &word[1..];
    let is_number = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { Some((letter, digits.parse().ok()?)) } else { None }
}

/// The numbers that a text cites, in words and in the names of tests.
fn cited(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let of_a_test = |word: &str| word.split('_').next().filter(|_| word.contains('_')).map(str::to_uppercase);
    let cited = |word: &str| {
        let word = of_a_test(word).unwrap_or_else(|| word.to_owned());
        number(&word).map(|(letter, number)| format!("{letter}{number}"))
    };
    words.filter_map(cited).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(numbers: &[&str]) -> BTreeSet<String> {
        numbers.iter().map(|number| (*number).to_owned()).collect()
    }

    #[test]
    fn a_proof_is_a_test_or_a_file_that_is_there() {
        let proofs = Proofs {
            tests: tests_in("#[test]\nfn t1_one_name() {}\nasync fn t10_other(db: Database) {"),
            files: vec!["server/tests/http/people/users.rs".to_owned()],
        };
        let row = |proof: &str| format!("| T1 | a `t9_x` | {proof} |\n|---|---|---|");
        for good in [
            "`t1_…`",
            "`t1_one_name`, *attack*",
            "`people/users.rs`",
            "`t10_…` beside",
            "no test",
            "`accessibility`",
        ] {
            assert_eq!(unproved(&row(good), &proofs), Vec::<String>::new(), "{good}");
        }
        for bad in ["`t2_…`", "`t1_one`", "`people/others.rs`", "`t1_…`, `f3_…`"] {
            assert_eq!(unproved(&row(bad), &proofs).len(), 1, "{bad}");
        }
    }

    #[test]
    fn rows_define_and_words_and_tests_cite() {
        assert_eq!(
            defined("| T1 | a |\n| F5, F8–F10 | b |\n| Rows | c |"),
            set(&["F10", "F5", "F8", "F9", "T1"])
        );
        let text =
            "against fatigue (T53)\nasync fn t35_three_tries() {}\nlet t3 = T::new(); // F1000, UTF8, T";
        assert_eq!(cited(text), set(&["T35", "T53"]));
    }
}
