//! Passwords on the command line: from a prompt or from standard input, never from an argument, which others could see.

use std::io::{BufRead as _, IsTerminal as _, Read as _};

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

fn one_line() -> anyhow::Result<Secret> {
    let mut line = String::with_capacity(usize::try_from(MOST_BYTES)?);
    let read = std::io::stdin().lock().take(MOST_BYTES).read_line(&mut line);
    let line = Secret::from(line);
    read.context("cannot read the password from standard input")?;
    let password = line.expose().trim_end_matches(['\n', '\r']);
    ensure!(!password.is_empty(), "there is no password on standard input");
    Ok(Secret::from(password))
}
