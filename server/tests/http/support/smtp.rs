//! A mail server for tests: a few lines of SMTP on a socket, that does as the test says.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What the server says at the end of a mail, or at a recipient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Takes it.
    Takes,
    /// `451`: not now.
    Busy,
    /// `550` at the recipient: never.
    Refuses,
    /// Takes the mail, and hangs up before it says so.
    HangsUp,
}

/// Whoever mails an address that begins like this gets no answer any more.
pub const TARPIT: &str = "tarpit@";

/// A mail as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    pub from: String,
    pub to: Vec<String>,
    pub data: String,
}

impl Mail {
    /// The values of a header, unfolded.
    pub fn headers(&self, name: &str) -> Vec<String> {
        let head = self.data.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
        let prefix = format!("{}:", name.to_lowercase());
        let lines = head.split("\r\n").filter(|line| line.to_lowercase().starts_with(&prefix));
        lines.map(|line| line[prefix.len()..].trim().to_owned()).collect()
    }

    /// The names of all headers of the mail itself, lower case.
    pub fn header_names(&self) -> Vec<String> {
        let head = self.data.split("\r\n\r\n").next().unwrap_or_default();
        let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        lines.filter_map(|line| line.split_once(':')).map(|(name, _)| name.to_lowercase()).collect()
    }
}

/// The server. Mails that it took, or hung up on, are kept.
#[derive(Clone)]
pub struct MailServer {
    mood: Arc<Mutex<Mood>>,
    mails: Arc<Mutex<Vec<Mail>>>,
    greetings: Arc<Mutex<Vec<String>>>,
    takes_utf8: Arc<AtomicBool>,
    pub url: String,
}

impl MailServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let server = Self {
            mood: Arc::new(Mutex::new(Mood::Takes)),
            mails: Arc::default(),
            greetings: Arc::default(),
            takes_utf8: Arc::default(),
            url,
        };
        let talks = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = talks.clone();
                tokio::spawn(async move { server.talk(stream).await });
            }
        });
        server
    }

    pub fn is(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// From now on it takes addresses with letters outside ASCII.
    pub fn offer_utf8(&self) {
        self.takes_utf8.store(true, Ordering::SeqCst);
    }

    /// What it was greeted with, once for each connection.
    pub fn greetings(&self) -> Vec<String> {
        self.greetings.lock().unwrap().clone()
    }

    pub fn mails(&self) -> Vec<Mail> {
        self.mails.lock().unwrap().clone()
    }

    async fn talk(&self, stream: TcpStream) -> Option<()> {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 test\r\n").await.ok()?;
        let mut mail = Mail::default();
        while let Some(line) = lines.next_line().await.ok()? {
            let mood = *self.mood.lock().unwrap();
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            let reply = match verb.as_str() {
                "EHLO" => {
                    self.greetings.lock().unwrap().push(line.clone());
                    if self.takes_utf8.load(Ordering::SeqCst) {
                        "250-test\r\n250-8BITMIME\r\n250 SMTPUTF8"
                    } else {
                        "250 test"
                    }
                }
                "MAIL" => {
                    mail = Mail { from: path(&line), ..Mail::default() };
                    "250 ok"
                }
                "RCPT" if path(&line).starts_with(TARPIT) => return std::future::pending().await,
                "RCPT" if mood == Mood::Refuses => "550 5.1.1 no such user",
                "RCPT" => {
                    mail.to.push(path(&line));
                    "250 ok"
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.ok()?;
                    while let Some(line) = lines.next_line().await.ok()?.filter(|line| line != ".") {
                        mail.data.push_str(line.strip_prefix('.').unwrap_or(&line));
                        mail.data.push_str("\r\n");
                    }
                    if mood != Mood::Busy {
                        self.mails.lock().unwrap().push(std::mem::take(&mut mail));
                    }
                    match mood {
                        Mood::HangsUp => return None,
                        Mood::Busy => "451 4.3.2 try again later",
                        _ => "250 taken",
                    }
                }
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            write.write_all(format!("{reply}\r\n").as_bytes()).await.ok()?;
        }
        Some(())
    }
}

/// What stands between the angle brackets.
fn path(line: &str) -> String {
    let inside = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inside.map(|(path, _)| path.to_owned()).unwrap_or_default()
}
