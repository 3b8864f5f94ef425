//! Passwords on the command line: from a prompt or from standard input, never from an argument, which others could see.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal as _};
use std::path::Path;

use anyhow::{Context as _, ensure};
use clap::Args;
use regain_core::secret::Secret;

/// More than any password.
const MOST_BYTES: u64 = 4096;

/// Where a password comes from.
#[derive(Args)]
pub(super) struct PasswordSource {
    /// Read the password as one line from standard input instead of asking for it.
    #[arg(long)]
    password_stdin: bool,
}

impl PasswordSource {
    /// Asks twice at a terminal; otherwise reads one line.
    pub(super) fn read(&self) -> anyhow::Result<Secret> {
        if self.password_stdin || !std::io::stdin().is_terminal() {
            return one_line();
        }
        let password = Secret::from(rpassword::prompt_password("Password: ")?);
        let again = Secret::from(rpassword::prompt_password("The same again: ")?);
        ensure!(password == again, "the two passwords differ");
        Ok(password)
    }
}

/// A password of something else than a person, which is not chosen here: asks once at a terminal; otherwise reads one line.
pub(super) fn asked_once(prompt: &str) -> anyhow::Result<Secret> {
    if !std::io::stdin().is_terminal() {
        return one_line();
    }
    let password = Secret::from(rpassword::prompt_password(prompt)?);
    ensure!(!password.is_empty(), "there is no password");
    Ok(password)
}

/// The first line of a file.
pub(super) fn from_file(file: &Path) -> anyhow::Result<Secret> {
    let shown = file.display();
    let opened = File::open(file).with_context(|| format!("cannot open {shown}"))?;
    let password = first_line(BufReader::new(opened)).with_context(|| format!("cannot read {shown}"))?;
    ensure!(!password.is_empty(), "there is no password in {shown}");
    Ok(password)
}

fn one_line() -> anyhow::Result<Secret> {
    let password =
        first_line(std::io::stdin().lock()).context("cannot read the password from standard input")?;
    ensure!(!password.is_empty(), "there is no password on standard input");
    Ok(password)
}

fn first_line(from: impl BufRead) -> anyhow::Result<Secret> {
    let mut line = String::with_capacity(usize::try_from(MOST_BYTES)?);
    let read = from.take(MOST_BYTES).read_line(&mut line);
    let line = Secret::from(line);
    read?;
    Ok(Secret::from(line.expose().trim_end_matches(['\n', '\r'])))
}
