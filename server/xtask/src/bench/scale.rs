//! A large organisation: bulk import, start and lists with 100,000 users.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::net::Ipv4Addr;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::figure::{Budget, Figure};
use super::load::Load;
use super::running::Running;
use crate::browser::Browser;
use crate::clock;
use crate::process::Run;
use crate::server::{Server, free_port};
use crate::workspace::Workspace;

const USERS: usize = 100_000;
const PASSWORD: &str = "a bench of quiet harbours";
const LISTS: [&str; 3] = ["/admin/users", "/admin/users?search=person9", "/admin/audit-logs"];
const READS: usize = 100;

/// Imports, restarts, reads lists.
pub fn organisation(workspace: &Workspace, _: &Running) -> Result<Vec<Figure>> {
    let data = tempfile::tempdir()?;
    let port = free_port()?;
    let listen = format!("127.0.0.1:{port}");
    let binary = workspace.target("release/regain");
    let variables = [
        ("REGAIN_LISTEN", OsStr::new(&listen)),
        ("REGAIN_DATA_DIR", data.path().as_os_str()),
        ("REGAIN_DEMO_PASSWORD", OsStr::new(PASSWORD)),
    ];
    let mut first = Server::start(&binary, &[], &variables)?;
    first.wait_until_ready(port)?;
    first.stop()?;

    let file = data.path().join("people.csv");
    write_people(&file)?;
    let begin = clock::now();
    Command::new(&binary).args(["user", "import"]).arg(&file).envs(variables).read()?;
    let import = begin.elapsed();

    let begin = clock::now();
    let mut server = Server::start(&binary, &[], &variables)?;
    server.wait_until_ready(port)?;
    let start = begin.elapsed();
    let mut figures = vec![
        Figure::new("Import of 100,000 users", import.as_secs_f64(), "s", Budget::AtMost(60.0)),
        Figure::new("Start to ready, 100,000 users", start.as_secs_f64(), "s", Budget::AtMost(3.0)),
    ];
    let mut browser = signed_in(port)?;
    for path in LISTS {
        let p95 = read(&mut browser, path)?;
        figures.push(Figure::new(format!("GET {path}, p95"), p95, "ms", Budget::AtMost(100.0)));
    }
    Ok(figures)
}

fn write_people(file: &Path) -> Result<()> {
    let mut file = BufWriter::new(File::create(file)?);
    writeln!(
        file,
        "version:v1.0\nName [displayName] Required,User name [userPrincipalName] Required,\
         Initial password [passwordProfile] Required,Block sign in (Yes/No) [accountEnabled] Required"
    )?;
    for person in 0..USERS {
        writeln!(file, "Person {person},person{person}@contoso.example,Initial-{person}-password,No")?;
    }
    Ok(file.flush()?)
}

fn signed_in(port: u16) -> Result<Browser> {
    let mut browser = Browser::new(port, Ipv4Addr::LOCALHOST);
    browser.get("/signin")?;
    let fields = [("step", "password"), ("username", "admin@contoso.example"), ("password", PASSWORD)];
    browser.post("/signin", &fields)?;
    Ok(browser)
}

/// The 95th percentile, in milliseconds.
fn read(browser: &mut Browser, path: &str) -> Result<f64> {
    let mut sorted = Vec::with_capacity(READS);
    let begin = clock::now();
    for _ in 0..READS {
        let asked = clock::now();
        let page = browser.get(path)?.body;
        sorted.push(asked.elapsed());
        ensure!(page.contains("<table"), "GET {path} shows no list");
    }
    sorted.sort_unstable();
    let load = Load { sorted, elapsed: begin.elapsed() };
    Some(load.percentile(95))
        .filter(|time| *time > Duration::ZERO)
        .map(|time| time.as_secs_f64() * 1000.0)
        .context("no time")
}
