//! StartTLS (RFC 4511, 4.14), before anything else is said. It is spoken here and not by the library, since until TLS is
//! there anybody on the way may have written the answer: it is read to its last byte and no further, and believed nothing
//! but *yes*.

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use crate::ldap::ber::{self, ENUMERATED, Extent, INTEGER, Reader, SEQUENCE};
use crate::outcome::Away;

/// An extended request with the number 1 and the OID 1.3.6.1.4.1.1466.20037.
const REQUEST: &[u8] = b"\x30\x1d\x02\x01\x01\x77\x18\x80\x161.3.6.1.4.1.1466.20037";
/// The tag of its answer.
const ANSWER: u8 = 0x78;
/// More than any server has to say.
const MOST: usize = 4096;

/// Asks for TLS. [`Away::NoTls`]: the server does not offer it.
pub(super) async fn ask<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S) -> Result<(), Away> {
    stream.write_all(REQUEST).await.map_err(|_| Away::Garbled)?;
    let mut message = Vec::new();
    loop {
        let missing = match ber::message(&message) {
            Extent::Wrong => return Err(Away::Garbled),
            Extent::Unknown => 1,
            Extent::Known { head, content } => head + content - message.len(),
        };
        if missing == 0 {
            return if agrees(&message).ok_or(Away::Garbled)? { Ok(()) } else { Err(Away::NoTls) };
        }
        if message.len() + missing > MOST {
            return Err(Away::Garbled);
        }
        let known = message.len();
        message.resize(known + missing, 0);
        let rest = message.get_mut(known..).unwrap_or_default();
        stream.read_exact(rest).await.map_err(|_| Away::Garbled)?;
    }
}

fn agrees(message: &[u8]) -> Option<bool> {
    let mut fields = Reader::new(message).inside(SEQUENCE)?;
    let id = fields.expect(INTEGER).and_then(ber::number)?;
    let code = fields.inside(ANSWER)?.expect(ENUMERATED).and_then(ber::number)?;
    Some(id == 1 && code == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn answered(answer: &[u8]) -> (Result<(), Away>, Vec<u8>) {
        let (mut ours, mut theirs) = tokio::io::duplex(8192);
        theirs.write_all(answer).await.unwrap();
        theirs.shutdown().await.unwrap();
        let outcome = ask(&mut ours).await;
        let mut rest = Vec::new();
        ours.read_to_end(&mut rest).await.unwrap();
        (outcome, rest)
    }

    #[tokio::test]
    async fn only_a_yes_is_a_yes_and_nothing_behind_it_is_read() {
        let yes = b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00behind";
        assert_eq!(answered(yes).await, (Ok(()), b"behind".to_vec()));
        let no = b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x02\x04\x00\x04\x00";
        assert_eq!(answered(no).await.0, Err(Away::NoTls));
        let other_number = b"\x30\x0c\x02\x01\x02\x78\x07\x0a\x01\x00\x04\x00\x04\x00";
        assert_eq!(answered(other_number).await.0, Err(Away::NoTls));
    }

    #[tokio::test]
    async fn anything_else_is_garbled() {
        for answer in [&b""[..], b"\x30\x0c\x02", b"HTTP/1.1", b"\x30\x82\xff\xff", b"\x30\x02\x05\x00"] {
            assert_eq!(answered(answer).await.0, Err(Away::Garbled), "{answer:?}");
        }
    }

    #[test]
    fn the_request_is_well_formed() {
        let mut fields = Reader::new(REQUEST).inside(SEQUENCE).unwrap();
        assert_eq!(fields.expect(INTEGER), Some(&[1][..]));
        assert_eq!(fields.inside(0x77).unwrap().expect(0x80), Some(&b"1.3.6.1.4.1.1466.20037"[..]));
        assert!(fields.is_empty());
    }
}
