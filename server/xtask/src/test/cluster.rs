//! A PostgreSQL cluster for one test run: an unprivileged user, a free port on loopback, no durability, no trace.
//! The machine's own clusters are never touched.

use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::process::Run;
use crate::server::free_port;
use crate::setup::postgres;
use crate::{clock, environment};

/// `nobody` on Debian. PostgreSQL refuses to run as root.
const NOBODY: u32 = 65534;

const PATIENCE: Duration = Duration::from_secs(30);

/// A running cluster; gone when this is dropped.
pub struct Cluster {
    server: Child,
    port: u16,
    // Dropped after the server has stopped.
    folder: TempDir,
}

impl Cluster {
    pub fn start() -> Result<Self> {
        let programs = postgres::programs().context("PostgreSQL is not installed")?;
        let folder = tempfile::Builder::new().prefix("regain-postgres-").tempdir()?;
        if environment::is_root() {
            chown(folder.path(), Some(NOBODY), Some(NOBODY))?;
        }
        let data = folder.path().join("data");
        unprivileged(&programs.join("initdb"))
            .args(["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--username=postgres"])
            .arg(&data)
            .current_dir(folder.path())
            .read()?;
        let port = free_port()?;
        let server = serve(&programs, folder.path(), port)?;
        let mut cluster = Self { server, port, folder };
        cluster.wait(&programs)?;
        Ok(cluster)
    }

    /// The address of a database whose user may create others.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn wait(&mut self, programs: &Path) -> Result<()> {
        let begin = clock::now();
        while begin.elapsed() < PATIENCE {
            if self.server.try_wait()?.is_some() {
                bail!(
                    "PostgreSQL stopped: {}",
                    fs::read_to_string(log(self.folder.path())).unwrap_or_default()
                );
            }
            let port = self.port.to_string();
            let mut ready = Command::new(programs.join("pg_isready"));
            if ready.args(["--quiet", "--host=127.0.0.1", "--port", &port]).succeeds()? {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        bail!("PostgreSQL was not ready within {PATIENCE:?}")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nothing in it is worth an orderly end. An error means that it has ended already.
        let asked = Command::new("kill").args(["-QUIT", &self.server.id().to_string()]).succeeds();
        if !asked.unwrap_or_default() {
            let _ = self.server.kill();
        }
        let _ = self.server.wait();
    }
}

fn serve(programs: &Path, folder: &Path, port: u16) -> Result<Child> {
    let mut command = unprivileged(&programs.join("postgres"));
    let settings = [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "fsync=off",
        "full_page_writes=off",
        "synchronous_commit=off",
        "max_connections=300",
        "shared_buffers=64MB",
        "timezone=UTC",
    ];
    command.arg("-D").arg(folder.join("data")).args(["-p", &port.to_string()]).current_dir(folder);
    command.args(settings.iter().flat_map(|setting| ["-c", setting]));
    let log = fs::File::create(log(folder))?;
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    Ok(command.spawn()?)
}

fn log(folder: &Path) -> PathBuf {
    folder.join("log")
}

/// The program as a user without rights, ended with xtask however that ends.
fn unprivileged(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "QUIT"]);
    if environment::is_root() {
        let user = NOBODY.to_string();
        command.args(["--reuid", &user, "--regid", &user, "--clear-groups"]);
    }
    command.arg(program);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_answers_and_leaves_nothing_behind() {
        let programs = postgres::programs().expect("PostgreSQL; `cargo xtask setup` installs it");
        let cluster = Cluster::start().expect("a cluster");
        let folder = cluster.folder.path().to_owned();
        let answer = Command::new(programs.join("psql"))
            .args([&cluster.url(), "--no-psqlrc", "--command", "CREATE DATABASE probe"])
            .read();
        assert_eq!(answer.expect("an answer").trim(), "CREATE DATABASE");
        drop(cluster);
        assert!(!folder.exists());
    }
}
