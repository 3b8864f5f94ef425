//! What building costs: the first page of a fresh clone, the tests after it, and a change until it is seen.

use std::ffi::OsStr;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::figure::{Budget, Figure};
use crate::http::Connection;
use crate::process::{self, Run};
use crate::server::{Server, free_port};
use crate::workspace::Workspace;
use crate::{build, clock, say, watch};

/// A first page that takes longer will not come.
const PATIENCE: Duration = Duration::from_hours(1);

/// In a clone of what is committed, with nothing built. Crates that were downloaded before are not downloaded again.
pub fn measure(workspace: &Workspace) -> Result<Vec<Figure>> {
    let folder = tempfile::tempdir()?;
    let clone = Workspace::at(folder.path().join("regain"));
    Command::new("git").args(["clone", "--quiet"]).args([workspace.path(""), clone.path("")]).run()?;
    let minutes = |name: &str, time: Duration, most: f64| {
        Figure::new(name, time.as_secs_f64() / 60.0, "min", Budget::AtMost(most))
    };
    let seconds = |name: &str, time: Duration, most: f64| {
        Figure::new(name, time.as_secs_f64(), "s", Budget::AtMost(most))
    };
    let mut figures = vec![minutes("Fresh clone to first page", until_first_page(&clone)?, 10.0)];
    let tests = timed(process::cargo(&clone).args(["test", "--no-run"]).args(process::TESTED))?;
    figures.push(minutes("Tests after that, compiled", tests, 5.0));
    for (what, file, budget) in [
        ("A style is changed, until it can be seen", "style/20-base.css", 1.0),
        ("A page is changed, until it can be seen", "app/src/pages/reset/start.rs", 20.0),
        ("A rule is changed, until it can be seen", "app/core/src/limits.rs", 30.0),
    ] {
        figures.push(seconds(what, until_seen(&clone, file)?, budget));
    }
    let size = fs::metadata(build::release(workspace)?)?.len();
    figures.push(Figure::new("Release binary", mebibytes(size), "MB", Budget::AtMost(25.0)));
    Ok(figures)
}

#[expect(clippy::cast_precision_loss, reason = "the size of a program is far below 2^52")]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / 1_000_000.0
}

fn timed(command: &mut Command) -> Result<Duration> {
    let begin = clock::now();
    command.run()?;
    Ok(begin.elapsed())
}

/// From the command to the page of a reset.
fn until_first_page(clone: &Workspace) -> Result<Duration> {
    say::step("A first page from a fresh clone: about ten minutes on two cores");
    let port = free_port()?;
    let data = clone.target("bench-data");
    let begin = clock::now();
    let running = process::cargo(clone)
        .args(["xtask", "run"])
        .env("REGAIN_LISTEN", format!("127.0.0.1:{port}"))
        .env("REGAIN_DATA_DIR", &data)
        .stdout(Stdio::null())
        .spawn()?;
    let mut running = Ended(running);
    while begin.elapsed() < PATIENCE {
        if let Some(status) = running.0.try_wait()? {
            bail!("`cargo xtask run` ended: {status}");
        }
        if Connection::open(port)
            .and_then(|mut open| open.get("/signin"))
            .is_ok_and(|page| page.status == 200)
        {
            return Ok(begin.elapsed());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    bail!("no page came within {PATIENCE:?}")
}

/// `cargo xtask run` becomes the server: one process to end.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = Command::new("kill").arg(self.0.id().to_string()).run();
        let _ = self.0.wait();
    }
}

/// What `cargo xtask watch` does once it finds a file changed: a comment is added to it.
fn until_seen(clone: &Workspace, file: &str) -> Result<Duration> {
    let path = clone.path(file);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {file}"))?;
    let comment = if path.extension().is_some_and(|extension| extension == "css") {
        "/* changed */"
    } else {
        "// changed"
    };
    fs::write(&path, format!("{text}{comment}\n"))?;
    let (port, data) = (free_port()?, tempfile::tempdir()?);
    let listen = format!("127.0.0.1:{port}");
    let variables = [("REGAIN_LISTEN", OsStr::new(&listen)), ("REGAIN_DATA_DIR", data.path().as_os_str())];
    let begin = clock::now();
    let binary = watch::rebuild(clone)?;
    Server::start_quietly(&binary, &variables)?.wait_until_ready(port)?;
    Ok(begin.elapsed())
}
