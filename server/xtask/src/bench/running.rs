//! The release build at work: start, memory, the weight of a page.

use std::ffi::OsStr;
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::{Result, ensure};
use tempfile::TempDir;

use super::bundle::{kilobytes, small};
use super::figure::{Budget, Figure};
use crate::clock;
use crate::http::Connection;
use crate::server::{Server, free_port, resident_mebibytes};
use crate::workspace::Workspace;

/// A server in demo mode on a database of its own.
pub struct Running {
    _server: Server,
    started_in: Duration,
    /// Two seconds after the first start, which makes the demo's accounts.
    idle_mebibytes: f64,
    pub port: u16,
    // Dropped after the server has stopped.
    _data: TempDir,
}

impl Running {
    /// Starts it twice: the first time creates the database; how long the second takes is measured.
    pub fn start(binary: &Path) -> Result<Self> {
        let data = tempfile::tempdir()?;
        let (mut first, _, _) = start_in(binary, data.path())?;
        thread::sleep(Duration::from_secs(2));
        let idle_mebibytes = resident_mebibytes(first.id())?;
        first.stop()?;
        let (server, port, started_in) = start_in(binary, data.path())?;
        Ok(Self { _server: server, started_in, idle_mebibytes, port, _data: data })
    }
}

fn start_in(binary: &Path, data: &Path) -> Result<(Server, u16, Duration)> {
    let port = free_port()?;
    let listen = format!("127.0.0.1:{port}");
    let variables = [("REGAIN_LISTEN", OsStr::new(&listen)), ("REGAIN_DATA_DIR", data.as_os_str())];
    let begin = clock::now();
    let mut server = Server::start(binary, &[], &variables)?;
    server.wait_until_ready(port)?;
    Ok((server, port, begin.elapsed()))
}

/// From the start of the process until `/readyz` says so.
#[expect(clippy::unnecessary_wraps, reason = "a measurement, like the others")]
pub fn start(_: &Workspace, running: &Running) -> Result<Vec<Figure>> {
    Ok(vec![Figure::new(
        "Start to ready, demo data",
        running.started_in.as_secs_f64(),
        "s",
        Budget::AtMost(3.0),
    )])
}

/// Resident memory before any work.
#[expect(clippy::unnecessary_wraps, reason = "a measurement, like the others")]
pub fn memory(_: &Workspace, running: &Running) -> Result<Vec<Figure>> {
    Ok(vec![Figure::new("Resident memory, idle", running.idle_mebibytes, "MiB", Budget::AtMost(30.0))])
}

/// `/reset`, with its form, as the server sends it, with the style sheet.
pub fn page(workspace: &Workspace, running: &Running) -> Result<Vec<Figure>> {
    let answer = Connection::open(running.port)?.get("/reset?administrator")?;
    ensure!(answer.status == 200, "GET /reset answered {}", answer.status);
    let page = kilobytes(answer.body_bytes) + small(workspace, "regain.css")?;
    Ok(vec![Figure::new("GET /reset and style sheet, as sent", page, "KB", Budget::AtMost(14.0))])
}
