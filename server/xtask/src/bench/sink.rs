//! Where messages of a measurement end: a mail server and a gateway, a few lines each, that take their time and count.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

/// A message more takes this long (the budget's words: a sink with 50 ms latency).
const LATENCY: Duration = Duration::from_millis(50);

/// What arrived: how often each message did, by its id, which is the same at every try.
#[derive(Default)]
pub struct Arrived {
    times: Mutex<HashMap<String, usize>>,
    away: AtomicBool,
    turned_away: AtomicUsize,
}

impl Arrived {
    /// How many different messages arrived.
    pub fn messages(&self) -> usize {
        self.times.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// How many arrived more than once.
    pub fn doubled(&self) -> usize {
        self.times.lock().unwrap_or_else(PoisonError::into_inner).values().filter(|times| **times > 1).count()
    }

    /// From now on everybody is turned away, or nobody.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// How many connections were turned away.
    pub fn turned_away(&self) -> usize {
        self.turned_away.load(Ordering::SeqCst)
    }

    fn is_away(&self) -> bool {
        self.away.load(Ordering::SeqCst)
    }

    fn take(&self, id: String) {
        thread::sleep(LATENCY);
        *self.times.lock().unwrap_or_else(PoisonError::into_inner).entry(id).or_default() += 1;
    }
}

/// One end of a conversation.
type Talk = fn(&mut BufReader<TcpStream>, &Arrived) -> Result<()>;

/// Listens on a port of loopback for as long as the process lives.
fn listen(talk: Talk) -> Result<(u16, Arc<Arrived>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    let arrived = Arc::new(Arrived::default());
    let counts = Arc::clone(&arrived);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let counts = Arc::clone(&counts);
            // A conversation that breaks off shows as a message that did not arrive.
            thread::spawn(move || talk(&mut BufReader::new(stream), &counts));
        }
    });
    Ok((port, arrived))
}

/// A mail server that speaks as much SMTP as a mail takes.
pub fn mail_server() -> Result<(u16, Arc<Arrived>)> {
    listen(take_mail)
}

fn take_mail(stream: &mut BufReader<TcpStream>, arrived: &Arrived) -> Result<()> {
    say(stream, if arrived.is_away() { "421 going down" } else { "220 sink" })?;
    let mut line = String::new();
    loop {
        line.clear();
        if arrived.is_away() {
            arrived.turned_away.fetch_add(1, Ordering::SeqCst);
            return Ok(());
        }
        if stream.read_line(&mut line)? == 0 {
            return Ok(());
        }
        match line.get(..4).unwrap_or_default().to_ascii_uppercase().as_str() {
            "DATA" => {
                say(stream, "354 go on")?;
                arrived.take(message_id(stream)?);
                say(stream, "250 taken")?;
            }
            "QUIT" => return say(stream, "221 bye"),
            _ => say(stream, "250 yes")?,
        }
    }
}

/// Reads a mail to its end; its Message-ID.
fn message_id(stream: &mut BufReader<TcpStream>) -> Result<String> {
    let (mut id, mut line) = (None, String::new());
    while line != ".\r\n" {
        line.clear();
        stream.read_line(&mut line)?;
        if let Some(value) = line.strip_prefix("Message-ID: ") {
            id.get_or_insert_with(|| value.trim().to_owned());
        }
    }
    id.context("a mail without a Message-ID")
}

fn say(stream: &mut BufReader<TcpStream>, line: &str) -> Result<()> {
    Ok(stream.get_mut().write_all(format!("{line}\r\n").as_bytes())?)
}

/// A gateway for text messages that are posted to it.
pub fn gateway() -> Result<(u16, Arc<Arrived>)> {
    listen(take_text)
}

fn take_text(stream: &mut BufReader<TcpStream>, arrived: &Arrived) -> Result<()> {
    let (mut length, mut line) = (0, String::new());
    while line != "\r\n" {
        line.clear();
        stream.read_line(&mut line)?;
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse()?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    let message: serde_json::Value = serde_json::from_slice(&body)?;
    // By number, not by message: a code that left twice as two messages is doubled, too.
    arrived.take(message["to"].as_str().context("a message to nobody")?.to_owned());
    say(stream, "HTTP/1.1 201 Created\r\ncontent-length: 0\r\n")
}
