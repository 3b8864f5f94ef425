//! Running other programs.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;
use crate::{clock, environment, say};

/// A `cargo` command in the workspace, always into `target/`.
pub fn cargo(workspace: &Workspace) -> Command {
    let mut command = Command::new(environment::cargo());
    command.current_dir(workspace.path("")).env("CARGO_TARGET_DIR", workspace.target(""));
    for name in environment::told_by_cargo() {
        command.env_remove(name);
    }
    command
}

/// What tests are built from. Always the same, and without the tool that runs them, which is built already: with other
/// packages or features beside them many dependencies would be compiled once more.
pub const TESTED: [&str; 5] =
    ["--workspace", "--exclude", "regain-xtask", "--features", "regain-server/test-seams"];

/// Ways to run a command.
pub trait Run {
    /// Runs it; failure is an error that names the command.
    fn run(&mut self) -> Result<()>;
    /// Runs it; whether it succeeded.
    fn succeeds(&mut self) -> Result<bool>;
    /// Runs it silently and returns its standard output.
    fn read(&mut self) -> Result<String>;
    /// Runs it and shows its output; whether it succeeded, and its standard output.
    fn tee(&mut self) -> Result<(bool, String)>;
    /// Runs it for at most so long; whether it succeeded in time.
    fn succeeds_within(&mut self, limit: Duration) -> Result<bool>;
}

impl Run for Command {
    fn run(&mut self) -> Result<()> {
        if self.succeeds()? { Ok(()) } else { bail!("failed: {}", shown(self)) }
    }

    fn succeeds(&mut self) -> Result<bool> {
        Ok(self.status().with_context(|| format!("cannot start: {}", shown(self)))?.success())
    }

    fn read(&mut self) -> Result<String> {
        let output = self.output().with_context(|| format!("cannot start: {}", shown(self)))?;
        if !output.status.success() {
            bail!("failed: {}\n{}", shown(self), String::from_utf8_lossy(&output.stderr).trim());
        }
        String::from_utf8(output.stdout).with_context(|| format!("not UTF-8: output of {}", shown(self)))
    }

    fn tee(&mut self) -> Result<(bool, String)> {
        let mut child =
            self.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start: {}", shown(self)))?;
        let mut seen = String::new();
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).split(b'\n') {
                let line = line?;
                let line = String::from_utf8_lossy(&line);
                say::line(&line);
                seen.push_str(&line);
                seen.push('\n');
            }
        }
        Ok((child.wait()?.success(), seen))
    }

    fn succeeds_within(&mut self, limit: Duration) -> Result<bool> {
        let mut child = self.spawn().with_context(|| format!("cannot start: {}", shown(self)))?;
        let begin = clock::now();
        while begin.elapsed() < limit {
            if let Some(status) = child.try_wait()? {
                return Ok(status.success());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        child.kill()?;
        child.wait()?;
        Ok(false)
    }
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_failure_names_the_command_and_its_words() {
        let error = shell("echo reason >&2; exit 3").read().expect_err("a failure").to_string();
        assert!(error.contains("exit 3") && error.contains("reason"), "{error}");
    }

    #[test]
    fn output_is_kept_while_it_is_shown() {
        assert_eq!(
            shell("echo one; echo two; exit 1").tee().expect("started"),
            (false, "one\ntwo\n".to_owned())
        );
    }

    #[test]
    fn a_command_that_hangs_is_ended() {
        assert!(!shell("exec sleep 60").succeeds_within(Duration::from_millis(100)).expect("started"));
    }
}
