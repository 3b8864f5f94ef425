//! Carries messages between a server and the library that reads them, looks at each, and ends where one is not right.

use std::io;

use regain_core::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::UnixStream;
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::shape::Questions;
use crate::ldap::ber::{self, Extent};

/// One message: a group of several hundred thousand members fits.
const MOST_MESSAGE: usize = 32 * 1024 * 1024;
/// What a server sends without being asked anew: a page of entries.
const MOST_ANSWER: usize = 256 * 1024 * 1024;
/// What is read at once.
const CHUNK: usize = 16 * 1024;
/// A frozen server does not keep the connection open.
const GOODBYE: Duration = Duration::from_secs(1);
/// *Unbind* (RFC 4511, 4.3), with a message number that nothing else has.
const UNBIND: [u8; 10] = [0x30, 0x08, 0x02, 0x04, 0x7f, 0xff, 0xff, 0xff, 0x42, 0x00];

/// Carries until one side ends, or a message is not right.
pub(super) async fn carry<S>(mut server: S, client: UnixStream)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let we_hung_up = both_ways(&mut server, client).await.is_ok();
    let goodbye = async {
        if we_hung_up {
            let _ = server.write_all(&UNBIND).await;
        }
        server.shutdown().await
    };
    // Whether it hears that is of no interest.
    let _ = timeout(GOODBYE, goodbye).await;
}

/// `Ok`: our side ended.
async fn both_ways<S>(server: &mut S, mut client: UnixStream) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut questions = Questions::default();
    // Passwords go this way.
    let mut asked = Zeroizing::new(Vec::with_capacity(CHUNK));
    let mut answered = Vec::new();
    let mut unasked = 0_usize;
    loop {
        answered.reserve(CHUNK);
        tokio::select! {
            read = client.read_buf(&mut *asked) => {
                if read? == 0 {
                    return Ok(());
                }
                let end = whole(&asked, |message| questions.ask(message).is_ok())?;
                server.write_all(asked.get(..end).unwrap_or_default()).await?;
                server.flush().await?;
                asked.drain(..end);
                unasked = 0;
            }
            read = server.read_buf(&mut answered) => {
                let read = read?;
                unasked = unasked.saturating_add(read);
                if read == 0 || unasked > MOST_ANSWER {
                    return Err(wrong());
                }
                let end = whole(&answered, |message| questions.answer(message).is_ok())?;
                client.write_all(answered.get(..end).unwrap_or_default()).await?;
                answered.drain(..end);
            }
        }
    }
}

/// Where the last whole message ends, if all are right.
fn whole(bytes: &[u8], mut is_right: impl FnMut(&[u8]) -> bool) -> io::Result<usize> {
    let mut end = 0;
    loop {
        let rest = bytes.get(end..).unwrap_or_default();
        match ber::message(rest) {
            Extent::Wrong => return Err(wrong()),
            Extent::Unknown => return Ok(end),
            Extent::Known { head, content } => {
                let length = head.saturating_add(content);
                if length > MOST_MESSAGE {
                    return Err(wrong());
                }
                let Some(message) = rest.get(..length) else { return Ok(end) };
                if !is_right(message) {
                    return Err(wrong());
                }
                end += length;
            }
        }
    }
}

fn wrong() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ldap3::{LdapConnAsync, LdapConnSettings, Scope, StdStream};
    use proptest::prelude::*;

    /// An answer to a search: an entry, a reference, and the end with a control.
    const ANSWER: &[u8] = b"\x30\x1a\x02\x01\x01\x64\x15\x04\x05uid=a\x30\x0c\x30\x0a\x04\x03uid\x31\x03\x04\x01a\
        \x30\x0e\x02\x01\x01\x73\x09\x04\x07ldap:/a\
        \x30\x1c\x02\x01\x01\x65\x07\x0a\x01\x00\x04\x00\x04\x00\xa0\x0e\x30\x0c\x04\x051.2.3\x04\x03\x30\x01\x00";

    /// Searches, and gets `answer`. How many entries came out of it; `None`: the connection ended.
    async fn search(answer: Vec<u8>) -> Option<usize> {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let (near, far) = UnixStream::pair().unwrap();
        let stream = StdStream::Unix(near.into_std().unwrap());
        let settings = LdapConnSettings::new().set_std_stream(stream);
        let (connection, mut ldap) = LdapConnAsync::with_settings(settings, "ldapi:///").await.unwrap();
        let relay = tokio::spawn(carry(ours, far));
        let driver = tokio::spawn(connection.drive());
        let server = tokio::spawn(async move {
            let mut theirs = theirs;
            let mut question = [0; 1024];
            let _ = theirs.read(&mut question).await;
            let _ = theirs.write_all(&answer).await;
        });
        let found = ldap.search("", Scope::Subtree, "(uid=a)", vec!["uid"]).await;
        let found = found.ok().map(|found| {
            let entries = found.0.into_iter().filter(|entry| !entry.is_ref());
            entries.map(ldap3::SearchEntry::construct).count()
        });
        drop(ldap);
        server.await.unwrap();
        relay.await.unwrap();
        driver.await.expect("the library's task must not panic").ok();
        found
    }

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
    }

    #[test]
    fn a_right_answer_arrives() {
        assert_eq!(block_on(search(ANSWER.to_vec())), Some(1));
    }

    #[test]
    fn a_wrong_answer_ends_the_connection() {
        for answer in
            [&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], b"\x30\x84\xff\xff\xff\xff", b"\x30\x80", b""]
        {
            assert_eq!(block_on(search(answer.to_vec())), None);
        }
    }

    #[test]
    fn nesting_without_end_ends_the_connection() {
        let mut deep = vec![];
        for _ in 0..20_000 {
            deep = crate::ldap::ber::element(0x30, &deep);
            deep.truncate(100_000);
        }
        assert_eq!(block_on(search(deep)), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]
        #[test]
        fn no_answer_makes_the_library_panic(changes in prop::collection::vec((0..ANSWER.len(), any::<u8>()), 1..4)) {
            let mut answer = ANSWER.to_vec();
            for (place, byte) in changes {
                answer[place] = byte;
            }
            block_on(search(answer));
        }
    }
}
