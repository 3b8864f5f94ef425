//! Origins, as browsers tell them.

use std::net::IpAddr;

use http::uri::Authority;

/// Scheme, host and port; letter case evened out, the scheme's own port written out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    scheme: String,
    /// The name or number; IPv6 in brackets.
    pub host: String,
    port: u16,
}

impl Origin {
    /// Reads `https://id.example.com:8443`. `null` is none, nor is anything with a path.
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, authority) = text.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let usual = match scheme.as_str() {
            "https" => 443,
            "http" => 80,
            _ => return None,
        };
        if authority.contains(['@', '/', '?', '#']) || authority.ends_with(':') {
            return None;
        }
        let authority: Authority = authority.parse().ok()?;
        // `Authority` takes a port that is none for a missing one.
        let port = match authority.as_str().strip_prefix(authority.host())? {
            "" => usual,
            port => digits(port.strip_prefix(':')?)?.parse().ok()?,
        };
        Some(Self { scheme, host: authority.host().to_ascii_lowercase(), port })
    }

    /// Where a server is known by when it is being developed.
    pub fn local(port: u16) -> Self {
        Self { scheme: "http".to_owned(), host: "localhost".to_owned(), port }
    }

    /// As text, the scheme's own port written out as well.
    pub fn with_port(&self) -> String {
        format!("{}:{}", self.without_port(), self.port)
    }

    /// As text, without any port.
    pub fn without_port(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }

    /// Whether it is the same scheme and port.
    pub fn differs_in_host_alone(&self, other: &Self) -> bool {
        self.scheme == other.scheme && self.port == other.port
    }
}

fn digits(text: &str) -> Option<&str> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then_some(text)
}

/// Whether a host names this machine and no other: `localhost`, 127.0.0.0/8, `[::1]`.
pub fn is_loopback(host: &str) -> bool {
    let number = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost")
        || number.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_case_and_the_usual_port_make_no_difference() {
        let ours = Origin::parse("https://id.example.com");
        assert!(ours.is_some());
        for same in ["https://id.example.com:443", "HTTPS://ID.Example.COM"] {
            assert_eq!(Origin::parse(same), ours, "{same}");
        }
        for other in [
            "http://id.example.com",
            "https://id.example.com:8443",
            "https://id.example.com.evil.example",
            "https://example.com",
        ] {
            assert_ne!(Origin::parse(other), ours, "{other}");
        }
        for none in [
            "",
            "null",
            "id.example.com",
            "https://",
            "https://id.example.com/",
            "https://id.example.com:",
            "https://id.example.com:70000",
            "https://user@id.example.com",
            "https://id.example.com https://evil.example",
            "file://id.example.com",
        ] {
            assert_eq!(Origin::parse(none), None, "{none}");
        }
    }

    #[test]
    fn this_machine_has_these_names() {
        for ours in
            ["localhost", "LocalHost", "127.0.0.1", "127.8.9.10", "[::1]", "::1", "[::ffff:127.0.0.1]"]
        {
            assert!(is_loopback(ours), "{ours}");
        }
        for other in ["", "localhost.evil.example", "evil.example", "10.0.0.1", "[::2]", "0.0.0.0", "127.1"] {
            assert!(!is_loopback(other), "{other}");
        }
    }
}
