//! The product with a database of its own, in demo mode: what bench and attack work on.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::people::{Person, bulk_file};
use crate::process::Run;
use crate::server::{Server, free_port};

/// The password of every demo account.
pub const PASSWORD: &str = "a bench of quiet harbours";

/// A running server.
pub struct Organisation {
    binary: PathBuf,
    variables: Vec<(&'static str, OsString)>,
    server: Server,
    pub port: u16,
    metrics_port: u16,
    // Dropped after the server has stopped.
    data: TempDir,
}

impl Organisation {
    pub fn start(binary: &Path) -> Result<Self> {
        let data = tempfile::tempdir()?;
        let (port, metrics_port) = (free_port()?, free_port()?);
        let variables = vec![
            ("REGAIN_LISTEN", OsString::from(format!("127.0.0.1:{port}"))),
            ("REGAIN_METRICS_LISTEN", OsString::from(format!("127.0.0.1:{metrics_port}"))),
            ("REGAIN_DATA_DIR", data.path().as_os_str().to_owned()),
            ("REGAIN_DEMO_PASSWORD", OsString::from(PASSWORD)),
            ("REGAIN_LOG", OsString::from("error")),
        ];
        let server = serve(binary, &variables, port)?;
        Ok(Self { binary: binary.to_owned(), variables, server, port, metrics_port, data })
    }

    /// Stops and starts: what jobs do at a start is done again.
    pub fn restart(&mut self) -> Result<()> {
        self.server.stop()?;
        self.server = serve(&self.binary, &self.variables, self.port)?;
        Ok(())
    }

    /// Runs the command line beside the server; what it printed.
    pub fn regain(&self, arguments: &[&str]) -> Result<String> {
        Command::new(&self.binary).args(arguments).envs(borrowed(&self.variables)).read()
    }

    /// Imports people.
    pub fn import(&self, people: &[Person]) -> Result<()> {
        let file = self.data.path().join("people.csv");
        fs::write(&file, bulk_file(people))?;
        self.regain(&["user", "import", &file.to_string_lossy()]).map(drop)
    }

    /// Bytes that a file of the database has, with what waits beside it.
    pub fn database_bytes(&self) -> u64 {
        let sizes = ["regain.db", "regain.db-wal"].map(|name| fs::metadata(self.data.path().join(name)));
        sizes.into_iter().flatten().map(|file| file.len()).sum()
    }

    /// The page for monitoring.
    pub fn metrics(&self) -> Result<String> {
        Ok(Browser::new(self.metrics_port, Ipv4Addr::LOCALHOST).get("/metrics")?.body)
    }

    /// The server's process, for `/proc`.
    pub fn process(&self) -> u32 {
        self.server.id()
    }
}

fn borrowed<'v>(
    variables: &'v [(&'static str, OsString)],
) -> impl Iterator<Item = (&'static str, &'v OsStr)> {
    variables.iter().map(|(name, value)| (*name, value.as_os_str()))
}

fn serve(binary: &Path, variables: &[(&'static str, OsString)], port: u16) -> Result<Server> {
    let variables: Vec<_> = borrowed(variables).collect();
    let mut server = Server::start_quietly(binary, &variables)?;
    server.wait_until_ready(port)?;
    Ok(server)
}
