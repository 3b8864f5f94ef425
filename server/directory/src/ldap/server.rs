//! Where a directory answers, and how the way there is encrypted. There is no way without.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

/// How the connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encryption {
    /// From the first byte on: `ldaps`.
    Tls,
    /// After the server agreed to it (RFC 4511, 4.14). Nothing is sent before: where it does not agree, the connection ends.
    StartTls,
}

impl Encryption {
    /// The port that a server has where nobody says another: IANA's.
    const fn port(self) -> u16 {
        match self {
            Self::Tls => 636,
            Self::StartTls => 389,
        }
    }
}

/// A server of a directory: `ldaps://HOST[:PORT]`, or `ldap://HOST[:PORT]` with StartTLS.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Server {
    host: String,
    port: u16,
    encryption: Encryption,
}

impl Server {
    /// A host name or an address, the one that its certificate must name. An IPv6 address stands without brackets.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// How the connection is encrypted.
    pub const fn encryption(&self) -> Encryption {
        self.encryption
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.encryption {
            Encryption::Tls => "ldaps",
            Encryption::StartTls => "ldap",
        };
        write!(f, "{scheme}://")?;
        if self.host.contains(':') {
            write!(f, "[{}]", self.host)?;
        } else {
            f.write_str(&self.host)?;
        }
        if self.port == self.encryption.port() { Ok(()) } else { write!(f, ":{}", self.port) }
    }
}

/// A server's address is not written as it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a server is ldaps://HOST[:PORT], or ldap://HOST[:PORT] with StartTLS; nothing may follow the port")]
pub struct NoServer;

impl FromStr for Server {
    type Err = NoServer;

    fn from_str(text: &str) -> Result<Self, NoServer> {
        let (scheme, rest) = text.split_once("://").ok_or(NoServer)?;
        let encryption = match scheme.to_ascii_lowercase().as_str() {
            "ldaps" => Encryption::Tls,
            "ldap" => Encryption::StartTls,
            _ => return Err(NoServer),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = host_and_port(rest).ok_or(NoServer)?;
        let port = match port {
            None => encryption.port(),
            Some(digits) if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
                digits.parse().map_err(|_| NoServer)?
            }
            Some(_) => return Err(NoServer),
        };
        if port == 0 { Err(NoServer) } else { Ok(Self { host, port, encryption }) }
    }
}

/// The host, without brackets, and what stands behind the colon.
fn host_and_port(text: &str) -> Option<(String, Option<&str>)> {
    if let Some(rest) = text.strip_prefix('[') {
        let (host, rest) = rest.split_once(']')?;
        let address = host.parse::<Ipv6Addr>().ok()?;
        let port = if rest.is_empty() { None } else { Some(rest.strip_prefix(':')?) };
        return Some((address.to_string(), port));
    }
    let (host, port) = match text.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (text, None),
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let fits = !host.is_empty() && host.len() <= 253 && host.chars().all(is_plain);
    fits.then(|| (host.to_ascii_lowercase(), port))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_spelling_has_its_port() {
        let cases = [
            ("ldaps://dc1.corp.example.test", "ldaps://dc1.corp.example.test", 636),
            ("LDAPS://DC1.corp.example.test:636/", "ldaps://dc1.corp.example.test", 636),
            ("ldap://127.0.0.1:6389", "ldap://127.0.0.1:6389", 6389),
            ("ldap://[2001:DB8::1]", "ldap://[2001:db8::1]", 389),
            ("ldaps://[::1]:3636", "ldaps://[::1]:3636", 3636),
        ];
        for (text, written, port) in cases {
            let server = text.parse::<Server>().unwrap();
            assert_eq!((server.to_string().as_str(), server.port()), (written, port), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let cases = [
            "dc1.corp.example.test",
            "http://dc1",
            "ldapi://%2fvar%2frun%2fldapi",
            "ldaps://",
            "ldaps://dc1:",
            "ldaps://dc1:0",
            "ldaps://dc1:65536",
            "ldaps://dc1:+1",
            "ldaps://dc1/dc=example",
            "ldaps://user@dc1",
            "ldaps://dc1 dc2",
            "ldaps://::1",
            "ldaps://[::1",
            "ldaps://[dc1]",
            "ldaps://d\u{e9}j\u{e0}",
        ];
        for text in cases {
            assert_eq!(text.parse::<Server>(), Err(NoServer), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(text in "ldaps?://([a-z0-9.-]{1,20}|\\[::[0-9a-f]{1,4}\\])(:[0-9]{1,5})?") {
            if let Ok(server) = text.parse::<Server>() {
                prop_assert_eq!(server.to_string().parse::<Server>(), Ok(server));
            }
        }
    }
}
