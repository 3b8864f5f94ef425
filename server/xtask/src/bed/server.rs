//! One server's life: prepared, started, filled, ended.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::handover::Description;
use crate::clock;
use crate::process::Run;

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_mins(1);

/// A server that only has to be started.
pub struct Prepared {
    pub description: Description,
    pub command: Command,
    /// Takes what it prints, which for some is their log.
    pub output: PathBuf,
    /// What is written into it as soon as it answers.
    pub seed: Option<PathBuf>,
    /// What it makes outside of its folder and leaves behind.
    pub leftover: Option<PathBuf>,
}

/// A program that ends with xtask, however that ends.
pub fn tied(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL"]).arg(program);
    command
}

/// A server that was started.
pub struct Server {
    child: Child,
    pub description: Description,
    output: PathBuf,
    seed: Option<PathBuf>,
    leftover: Option<PathBuf>,
}

impl Server {
    /// Starts it.
    pub fn start(prepared: Prepared) -> Result<Self> {
        let Prepared { mut description, mut command, output, seed, leftover } = prepared;
        let file = fs::File::create(&output)?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let child = command.spawn().context("cannot start it")?;
        description.pid = child.id();
        Ok(Self { child, description, output, seed, leftover })
    }

    /// Waits until it answers, and fills it.
    pub fn filled(mut self) -> Result<Self> {
        let begin = clock::now();
        while !self.answers()? {
            if let Some(status) = self.child.try_wait()? {
                bail!("it stopped, {status}: {}", self.last_words());
            }
            if begin.elapsed() > PATIENCE {
                bail!("it did not answer within {PATIENCE:?}: {}", self.last_words());
            }
            thread::sleep(Duration::from_millis(50));
        }
        if let Some(seed) = &self.seed {
            self.client("ldapadd").arg("-f").arg(seed).read()?;
        }
        Ok(self)
    }

    fn answers(&self) -> Result<bool> {
        Ok(self.client("ldapsearch").args(["-b", "", "-s", "base", "1.1"]).output()?.status.success())
    }

    /// A client program that is signed in as the administrator.
    fn client(&self, program: &str) -> Command {
        let Description { url, ca, administrator, .. } = &self.description;
        let mut client = Command::new(program);
        client.env("LDAPTLS_CACERT", ca).args(["-x", "-H", url]);
        client.args(["-D", &administrator.dn, "-w", &administrator.password]);
        client
    }

    fn last_words(&self) -> String {
        let said = fs::read(&self.output).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let lines: Vec<&str> = said.lines().collect();
        lines[lines.len().saturating_sub(5)..].join(" / ")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing in it is worth an orderly end. An error means that it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(leftover) = &self.leftover {
            // It is not there if the server never got so far.
            let _ = fs::remove_file(leftover);
        }
    }
}
