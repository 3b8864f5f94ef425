//! The outbox: how fast a queue drains, and what becomes of it when the first provider is down.

use std::ffi::OsStr;
use std::fs;
use std::net::Ipv4Addr;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Result, ensure};

use super::figure::{Budget, Figure};
use super::running::Running;
use super::sink::{self, Arrived};
use crate::browser::{Browser, input};
use crate::clock;
use crate::people::{Person, bulk_file};
use crate::process::Run;
use crate::puzzle::solve;
use crate::server::{Server, free_port};
use crate::workspace::Workspace;

const PASSWORD: &str = "a bench of quiet harbours";
/// So many administrators are told of a weaker setting, each by a mail of their own.
const TOLD: usize = 100;
/// So many weaker settings make a thousand mails.
const WEAKER: usize = 10;
/// Codes that are asked for while the first gateway is down.
const CODES: usize = 10;
/// Longer than any budget: what is not there by then does not come.
const PATIENCE: Duration = Duration::from_mins(2);

type Variables<'v> = [(&'v str, &'v OsStr)];

/// A thousand mails; codes past a gateway that is down; mails past a mail server that comes back.
pub fn drain(workspace: &Workspace, _: &Running) -> Result<Vec<Figure>> {
    let data = tempfile::tempdir()?;
    let binary = workspace.target("release/regain");
    let (port, dead) = (free_port()?, free_port()?);
    let (mail_port, mails) = sink::mail_server()?;
    let (gateway_port, texts) = sink::gateway()?;
    let (listen, mail) = (format!("127.0.0.1:{port}"), format!("smtp://127.0.0.1:{mail_port}"));
    let variables = [
        ("REGAIN_LISTEN", OsStr::new(&listen)),
        ("REGAIN_DATA_DIR", data.path().as_os_str()),
        ("REGAIN_DEMO_PASSWORD", OsStr::new(PASSWORD)),
        ("REGAIN_GATEWAY_NETWORKS", OsStr::new("127.0.0.0/8")),
        ("REGAIN_SMTP_URL", OsStr::new(&mail)),
        // An outage is part of it; a warning for each mail would hide the table.
        ("REGAIN_LOG", OsStr::new("error")),
    ];
    prepare(&binary, data.path(), &variables, (port, [dead, gateway_port]))?;
    weaken(&binary, &variables, WEAKER)?;

    let begin = clock::now();
    let mut server = Server::start_sending(&binary, &variables)?;
    server.wait_until_ready(port)?;
    until(&mails, TOLD * WEAKER);
    let drained = begin.elapsed();
    let lost_at_once = (TOLD * WEAKER).saturating_sub(mails.messages());

    let slowest = slowest_code(port, &texts)?;
    let lost = lost_in_an_outage(&binary, &variables, &mails)?;
    Ok(vec![
        Figure::new("1,000 queued mails, sink of 50 ms", drained.as_secs_f64(), "s", Budget::AtMost(60.0)),
        Figure::new("First gateway down, slowest code", slowest.as_secs_f64(), "s", Budget::AtMost(5.0)),
        Figure::new("Codes that left twice", number(texts.doubled()), "", Budget::AtMost(0.0)),
        Figure::new(
            "Mails lost, mail server down meanwhile",
            number(lost_at_once + lost),
            "",
            Budget::AtMost(0.0),
        ),
    ])
}

/// In demo mode, where the portal is open: people, administrators, and two gateways of which the first is nowhere.
fn prepare(
    binary: &Path,
    folder: &Path,
    variables: &Variables<'_>,
    (port, gateways): (u16, [u16; 2]),
) -> Result<()> {
    let mut server = Server::start(binary, &[], variables)?;
    server.wait_until_ready(port)?;
    let file = folder.join("people.csv");
    fs::write(&file, bulk_file(&(0..TOLD + CODES).map(person).collect::<Vec<_>>()))?;
    regain(binary, variables, &["user", "import", &file.to_string_lossy()])?;
    for person in 0..TOLD {
        regain(binary, variables, &["role", "grant", &upn(person), "global_administrator"])?;
    }
    regain(binary, variables, &["policy", "set", "scope", "all"])?;
    let mut admin = Browser::new(port, Ipv4Addr::LOCALHOST);
    admin.get("/signin")?;
    let fields = [("step", "password"), ("username", "admin@contoso.example"), ("password", PASSWORD)];
    admin.post("/signin", &fields)?;
    for gateway in gateways {
        let (name, url) = (format!("Port {gateway}"), format!("http://127.0.0.1:{gateway}/"));
        let fields = [
            ("channel", "sms"),
            ("kind", "webhook"),
            ("name", name.as_str()),
            ("url", url.as_str()),
            ("sender", "Contoso"),
            ("secret", "a key that signs and is long"),
        ];
        let page = admin.post("/admin/channels/save", &fields)?;
        ensure!(page.body.contains(&name), "the gateway was not saved");
    }
    server.stop()
}

/// Who is mailed has one address; who resets has a number beside it.
fn person(number: usize) -> Person {
    let person = Person::reachable(upn(number), number);
    if number < TOLD { Person { mobile: String::new(), email: String::new(), ..person } } else { person }
}

fn upn(person: usize) -> String {
    format!("person{person}@contoso.example")
}

fn regain(binary: &Path, variables: &Variables<'_>, arguments: &[&str]) -> Result<String> {
    Command::new(binary).args(arguments).envs(variables.iter().copied()).read()
}

/// Every time people are no longer told of their resets, administrators are told of that.
fn weaken(binary: &Path, variables: &Variables<'_>, times: usize) -> Result<()> {
    for _ in 0..times {
        for value in ["yes", "no"] {
            regain(binary, variables, &["policy", "set", "notify_users", value])?;
        }
    }
    Ok(())
}

fn until(arrived: &Arrived, messages: usize) {
    let begin = clock::now();
    while arrived.messages() < messages && begin.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(5));
    }
}

/// One person after the other asks for a text message; the longest time from the press of *Text* until it arrived.
fn slowest_code(port: u16, texts: &Arrived) -> Result<Duration> {
    let mut slowest = Duration::ZERO;
    for (person, last) in (TOLD..TOLD + CODES).zip(1..) {
        let mut browser = Browser::new(port, Ipv4Addr::new(127, 1, 0, last));
        let page = browser.get("/reset")?.body;
        let (captcha, solution) = (input(&page, "captcha")?, solve(&page)?);
        let Person { upn, mobile, .. } = self::person(person);
        browser.post("/reset", &[("username", &upn), ("captcha", &captcha), ("solution", &solution)])?;
        browser.post("/reset/why", &[("intent", "reset")])?;
        browser.post("/reset/method", &[("method", "mobile_phone")])?;
        let (begin, before) = (clock::now(), texts.messages());
        browser.post("/reset/phone", &[("phone", &mobile)])?;
        until(texts, before + 1);
        slowest = slowest.max(begin.elapsed());
    }
    Ok(slowest)
}

/// Mails that are written while the mail server turns everybody away; how many of them never arrive.
fn lost_in_an_outage(binary: &Path, variables: &Variables<'_>, mails: &Arrived) -> Result<usize> {
    let wanted = mails.messages() + TOLD;
    mails.set_away(true);
    weaken(binary, variables, 1)?;
    let begin = clock::now();
    while mails.turned_away() + mails.messages() < wanted && begin.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(5));
    }
    ensure!(mails.turned_away() > 0, "nobody tried the mail server that is down");
    mails.set_away(false);
    until(mails, wanted);
    Ok(wanted.saturating_sub(mails.messages()))
}

#[expect(clippy::cast_precision_loss, reason = "a thousand at most")]
fn number(count: usize) -> f64 {
    count as f64
}
