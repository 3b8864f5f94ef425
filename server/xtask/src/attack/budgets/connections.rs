//! Places on the listener: many from one host, and slow ones.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use anyhow::Result;

use super::source;
use crate::attack::finding::{Finding, Verdict};
use crate::browser::Browser;
use crate::clock;
use crate::http::connect;
use crate::organisation::Organisation;

/// As many as a process may usually open, with some left for this one.
const SOCKETS: usize = 960;
const SLOW: usize = 60;
/// Somebody else is served in this time meanwhile.
const SOON: Duration = Duration::from_secs(1);
/// Slow clients are let go in this time.
const PATIENCE: Duration = Duration::from_mins(1);
/// More than the buffers of two sockets hold.
const ANSWERS: usize = 2_000;

/// One host opens all that it can; somebody else and the health check are served.
pub fn many(organisation: &Organisation) -> Result<Vec<Finding>> {
    let sockets: Vec<TcpStream> =
        (0..SOCKETS).map_while(|_| connect(source(7, 1), organisation.port).ok()).collect();
    let tried = format!("{} silent sockets of one host", sockets.len());
    let findings = ["/reset", "/livez"].map(|path| served(organisation, &tried, path));
    drop(sockets);
    Ok(findings.into())
}

fn served(organisation: &Organisation, tried: &str, path: &str) -> Finding {
    let begin = clock::now();
    let answer = Browser::new(organisation.port, source(7, 2)).get(path);
    let time = begin.elapsed();
    let found =
        answer.as_ref().map_or_else(|problem| format!("{problem:#}"), |_| format!("{} ms", time.as_millis()));
    Finding {
        threats: "T135",
        tried: format!("{tried}: {path} for somebody else"),
        found,
        allowed: format!("≤ {} ms", SOON.as_millis()),
        verdict: Verdict::of(answer.is_ok() && time <= SOON),
    }
}

/// Heads and bodies that come byte by byte, and answers that nobody reads.
pub fn slow(organisation: &Organisation) -> Result<Vec<Finding>> {
    let head = "POST /reset HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000\r\n";
    let ways = [("head", head.to_owned()), ("body", format!("{head}\r\n"))];
    let mut findings = Vec::new();
    for (what, begun) in ways {
        let borne = borne_sending(organisation, &begun)?;
        findings.push(let_go(what, borne));
        findings.push(served(organisation, &format!("{SLOW} slow clients, {what}"), "/reset"));
    }
    findings.push(let_go("reader", borne_not_reading(organisation)?));
    Ok(findings)
}

fn let_go(what: &str, borne: Option<Duration>) -> Finding {
    Finding {
        threats: "T135",
        tried: format!("{SLOW} slow clients, {what}: let go"),
        found: borne.map_or_else(|| "never".to_owned(), |borne| format!("after {} s", borne.as_secs())),
        allowed: format!("≤ {} s", PATIENCE.as_secs()),
        verdict: Verdict::of(borne.is_some()),
    }
}

/// How long the last of them was borne.
fn borne_sending(organisation: &Organisation, start: &str) -> Result<Option<Duration>> {
    let mut sockets = Vec::new();
    for _ in 0..SLOW {
        let mut socket = connect(source(8, 1), organisation.port)?;
        socket.write_all(start.as_bytes())?;
        socket.set_nonblocking(true)?;
        sockets.push(socket);
    }
    let begin = clock::now();
    while begin.elapsed() < PATIENCE {
        thread::sleep(Duration::from_secs(1));
        sockets.retain_mut(|socket| socket.write_all(b"x").is_ok() && !has_ended(socket));
        if sockets.is_empty() {
            return Ok(Some(begin.elapsed()));
        }
    }
    Ok(None)
}

/// Whether the other side said that it is over.
fn has_ended(socket: &mut TcpStream) -> bool {
    let mut read = [0; 4_096];
    matches!(socket.read(&mut read), Ok(0))
}

/// Many requests at once, and nobody reads: the server must stop waiting.
fn borne_not_reading(organisation: &Organisation) -> Result<Option<Duration>> {
    let requests = "GET /reset HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(ANSWERS);
    let mut sockets = Vec::new();
    for _ in 0..SLOW {
        let mut socket = connect(source(9, 1), organisation.port)?;
        socket.set_nonblocking(true)?;
        // What does not fit waits for ever, which is the attack.
        let _ = socket.write(requests.as_bytes());
        sockets.push(socket);
    }
    let begin = clock::now();
    while begin.elapsed() < PATIENCE {
        thread::sleep(Duration::from_secs(1));
        // A reset shows as an error that waits on the socket.
        sockets.retain(|socket| socket.take_error().is_ok_and(|error| error.is_none()) && is_open(socket));
        if sockets.is_empty() {
            return Ok(Some(begin.elapsed()));
        }
    }
    Ok(None)
}

/// Whether the kernel still knows the other side: writing nothing tells it.
fn is_open(mut socket: &TcpStream) -> bool {
    match socket.write(b"\r\n") {
        Ok(written) => written > 0,
        Err(problem) => problem.kind() == std::io::ErrorKind::WouldBlock,
    }
}
