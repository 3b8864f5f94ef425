//! A server that does what real ones cannot be made to do: it freezes, hangs up or talks nonsense at a chosen moment, and
//! shows each byte that it was sent.

mod answers;
mod failures;
mod reach;
mod writes;

use std::sync::{Arc, Mutex};

use regain_core::secret::Secret;
use regain_core::time::{Duration, ManualClock, Timestamp};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;

use super::ber::{self, ENUMERATED, Extent, INTEGER, OCTETS, Reader, SEQUENCE, SET, extent};
use super::directory::Inner;
use super::{Directory, Limits, Session, Settings};
use crate::kind::Kind;

pub(super) const SEARCH: u8 = 0x63;
pub(super) const MODIFY: u8 = 0x66;
pub(super) const EXTENDED: u8 = 0x77;
/// 2026-01-01 00:00 UTC.
pub(super) const NOW: Timestamp = Timestamp::from_seconds(1_767_225_600);

/// What the stub was asked.
#[derive(Clone, Debug)]
pub(super) struct Question {
    id: u8,
    /// The tag of the operation.
    pub(super) tag: u8,
    /// The operation, and controls behind it.
    pub(super) bytes: Vec<u8>,
}

impl Question {
    /// Whether these bytes are part of it.
    pub(super) fn has(&self, part: impl AsRef<[u8]>) -> bool {
        let part = part.as_ref();
        self.bytes.windows(part.len()).any(|window| window == part)
    }

    fn message(&self, operation: Vec<u8>) -> Vec<u8> {
        ber::element(SEQUENCE, &[ber::element(INTEGER, &[self.id]), operation].concat())
    }

    /// The answer to a modification, an extended request or the end of a search.
    pub(super) fn result(&self, code: u8, text: &str) -> Answer {
        Answer::Says(self.message(result(answer_tag(self.tag), code, text, &[])))
    }

    /// The same, with a place where to ask instead.
    pub(super) fn referral(&self, url: &str) -> Answer {
        let urls = ber::element(0xa3, &ber::element(OCTETS, url.as_bytes()));
        Answer::Says(self.message(result(answer_tag(self.tag), 10, "", &urls)))
    }

    /// What a search found: names of entries, with their attributes.
    pub(super) fn found(&self, entries: &[(&str, &[(&str, &[u8])])]) -> Answer {
        let mut bytes = Vec::new();
        for (dn, attributes) in entries {
            bytes.extend(self.message(entry(dn, attributes)));
        }
        // References to other servers, as Active Directory sends with every search from its head.
        bytes.extend(self.message(ber::element(0x73, &ber::element(OCTETS, b"ldaps://other.example/"))));
        bytes.extend(self.message(result(answer_tag(self.tag), 0, "", &[])));
        Answer::Says(bytes)
    }
}

fn answer_tag(tag: u8) -> u8 {
    match tag {
        SEARCH => 0x65,
        tag => tag + 1,
    }
}

fn result(tag: u8, code: u8, text: &str, rest: &[u8]) -> Vec<u8> {
    let fields =
        [ber::element(ENUMERATED, &[code]), ber::element(OCTETS, b""), ber::element(OCTETS, text.as_bytes())];
    ber::element(tag, &[fields.concat(), rest.to_vec()].concat())
}

fn entry(dn: &str, attributes: &[(&str, &[u8])]) -> Vec<u8> {
    let attribute = |(name, value): &(&str, &[u8])| {
        let values = ber::element(SET, &ber::element(OCTETS, value));
        ber::element(SEQUENCE, &[ber::element(OCTETS, name.as_bytes()), values].concat())
    };
    let attributes: Vec<u8> = attributes.iter().flat_map(attribute).collect();
    let fields = [ber::element(OCTETS, dn.as_bytes()), ber::element(SEQUENCE, &attributes)];
    ber::element(0x64, &fields.concat())
}

/// What the stub does when it is asked something.
pub(super) enum Answer {
    /// It says this.
    Says(Vec<u8>),
    /// It never says anything again.
    Freezes,
    /// It hangs up.
    HangsUp,
}

/// What the stub was asked so far.
pub(super) type Log = Arc<Mutex<Vec<Question>>>;

/// How often it was asked for something of this tag.
pub(super) fn count(log: &Log, tag: u8) -> usize {
    log.lock().unwrap().iter().filter(|question| question.tag == tag).count()
}

/// The only question of this tag.
pub(super) fn only(log: &Log, tag: u8) -> Question {
    assert_eq!(count(log, tag), 1);
    log.lock().unwrap().iter().find(|question| question.tag == tag).cloned().unwrap()
}

pub(super) fn settings(kind: Kind) -> Settings {
    let servers = vec!["ldaps://127.0.0.1:1".parse().unwrap()];
    Settings::new(kind, servers, "DC=corp", "svc", Secret::from("secret"))
}

/// A session with a stub that answers as `answer` says.
pub(super) async fn session(
    kind: Kind,
    answer: impl FnMut(&Question) -> Answer + Send + 'static,
) -> (Session, Log) {
    let limits = Limits { operation: Duration::from_secs(1), ..Limits::default() };
    let clock = Arc::new(ManualClock::at(NOW));
    let directory = Directory::with_limits(settings(kind), clock, limits).unwrap();
    let (ours, theirs) = UnixStream::pair().unwrap();
    let log = Log::default();
    tokio::spawn(serve(theirs, answer, Arc::clone(&log)));
    (Inner::over(&directory, ours).await, log)
}

async fn serve(mut stream: UnixStream, mut answer: impl FnMut(&Question) -> Answer, log: Log) {
    let mut bytes = Vec::new();
    loop {
        if let Extent::Known { head, content } = extent(&bytes)
            && bytes.len() >= head + content
        {
            let message: Vec<u8> = bytes.drain(..head + content).collect();
            let question = question(&message);
            log.lock().unwrap().push(question.clone());
            match answer(&question) {
                Answer::Says(bytes) => stream.write_all(&bytes).await.unwrap(),
                Answer::Freezes => std::future::pending::<()>().await,
                Answer::HangsUp => return,
            }
        } else if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
            return;
        }
    }
}

fn question(message: &[u8]) -> Question {
    let mut fields = Reader::new(message).inside(SEQUENCE).unwrap();
    let id = fields.expect(INTEGER).unwrap();
    let mut operation = fields;
    let tag = fields.peek().unwrap();
    let mut bytes = operation.any().unwrap().1.to_vec();
    while let Some((_, controls)) = operation.any() {
        bytes.extend_from_slice(controls);
    }
    Question { id: *id.last().unwrap(), tag, bytes }
}
