//! What a command prints.

use std::io::Write as _;

use anyhow::Context as _;

/// Prints a line. An error, such as a pipe that was closed, ends the command.
pub(super) fn line(text: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout().lock(), "{text}").context("cannot write to standard output")
}

/// Tells on standard error what a command brings about besides.
pub(super) fn warn(text: &str) {
    eprintln!("warning: {text}");
}

/// A number with the word for one, or for many.
pub(super) fn count(number: impl TryInto<u64>, one: &str, many: &str) -> String {
    let number = number.try_into().unwrap_or_default();
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Prints a value as JSON.
pub(super) fn json(value: &serde_json::Value) -> anyhow::Result<()> {
    line(&serde_json::to_string_pretty(value)?)
}

/// Prints names and values, one on each line, without the empty ones.
pub(super) fn facts(facts: &[(&str, String)]) -> anyhow::Result<()> {
    let width = facts.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    for (name, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        line(&format!("{name:width$}  {value}"))?;
    }
    Ok(())
}

/// An instant as people and programs read it.
pub(super) fn time(at: regain_core::time::Timestamp) -> String {
    jiff::Timestamp::from_microsecond(at.micros())
        .unwrap_or_default()
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string()
}
