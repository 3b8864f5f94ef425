//! Every number of a threat or fault that the project cites means something in `server/docs/threats.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::sizes::tracked;
use crate::workspace::Workspace;

const TABLE: &str = "server/docs/threats.md";
const ENDINGS: [&str; 6] = ["rs", "ts", "js", "sql", "ftl", "md"];

/// Numbers without a row.
pub fn problems(workspace: &Workspace) -> Result<Vec<String>> {
    let known = defined(&fs::read_to_string(workspace.path(TABLE))?);
    let mut problems = Vec::new();
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
