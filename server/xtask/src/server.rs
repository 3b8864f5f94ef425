//! A server that xtask started, for `watch`, `bench` and `attack`.

use std::ffi::OsStr;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::clock;
use crate::http::Connection;
use crate::process::Run;

/// How long a server may take to answer that it is ready.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running server; stopped when this is dropped.
pub struct Server {
    child: Child,
}

impl Server {
    /// Starts `regain serve --demo`.
    pub fn start(binary: &Path, arguments: &[String], variables: &[(&str, &OsStr)]) -> Result<Self> {
        Self::spawn(Command::new(binary).args(["serve", "--demo"]).args(arguments), variables)
    }

    /// The same, without the announcement of demo mode.
    pub fn start_quietly(binary: &Path, variables: &[(&str, &OsStr)]) -> Result<Self> {
        Self::spawn(Command::new(binary).args(["serve", "--demo"]).stdout(Stdio::null()), variables)
    }

    /// Starts `regain serve`: messages leave.
    pub fn start_sending(binary: &Path, variables: &[(&str, &OsStr)]) -> Result<Self> {
        Self::spawn(Command::new(binary).arg("serve"), variables)
    }

    fn spawn(command: &mut Command, variables: &[(&str, &OsStr)]) -> Result<Self> {
        Ok(Self { child: command.envs(variables.iter().copied()).spawn()? })
    }

    /// The process, for `/proc`.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until `/readyz` answers 200 on this loopback port.
    pub fn wait_until_ready(&mut self, port: u16) -> Result<()> {
        let begin = clock::now();
        while begin.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server stopped before it was ready: {status}");
            }
            let answer = Connection::open(port).and_then(|mut connection| connection.get("/readyz"));
            if answer.is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        bail!("the server was not ready within {PATIENCE:?}")
    }

    /// Asks it to stop and waits until it has.
    pub fn stop(&mut self) -> Result<()> {
        if self.child.try_wait()?.is_none() {
            Command::new("kill").arg(self.child.id().to_string()).run()?;
            self.child.wait()?;
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.stop().is_err() {
            // Nothing is left to try than the signal that cannot be refused.
            let _ = self.child.kill();
        }
    }
}

/// Resident memory of a process.
pub fn resident_mebibytes(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("the kernel tells no VmRSS")?;
    let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kibibytes / 1024.0)
}

/// Processor time that a process took so far, in steps of ten milliseconds (`proc_pid_stat(5)`, clock ticks of 1/100 s).
pub fn processor_milliseconds(process: u32) -> Result<usize> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The second field is a name in brackets, which may hold anything; time in user and system mode are the 14th and 15th.
    let fields = stat.rsplit_once(')').context("the kernel tells no times")?.1;
    let ticks: Vec<usize> =
        fields.split_whitespace().skip(11).take(2).map(str::parse).collect::<Result<_, _>>()?;
    Ok(ticks.iter().sum::<usize>() * 10)
}

/// A port on loopback that nobody uses now.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
