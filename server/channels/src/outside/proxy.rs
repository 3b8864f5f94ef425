//! The proxy that the machine's administrator set up.

use data_encoding::BASE64;

/// `HTTPS_PROXY` and `NO_PROXY`.
#[derive(Clone, PartialEq, Eq)]
pub struct Proxy {
    pub(super) host: String,
    pub(super) port: u16,
    credentials: Option<String>,
    /// Names, with everything under them, that are reached without it; `*` is every name.
    direct: Vec<String>,
}

impl core::fmt::Debug for Proxy {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Proxy({}:{})", self.host, self.port)
    }
}

impl Proxy {
    /// Reads `http://user:password@host:port` and a list such as `localhost,.example.org`.
    pub fn parse(https_proxy: &str, no_proxy: &str) -> Option<Self> {
        let rest = https_proxy.strip_prefix("http://").unwrap_or(https_proxy).trim_end_matches('/');
        if rest.is_empty() || rest.contains("://") {
            return None;
        }
        let (credentials, authority) = match rest.rsplit_once('@') {
            Some((credentials, authority)) => (Some(BASE64.encode(&decoded(credentials))), authority),
            None => (None, rest),
        };
        let uri: http::Uri = authority.parse().ok()?;
        let direct = no_proxy.split(',').map(|name| name.trim().trim_start_matches('.').to_lowercase());
        Some(Self {
            host: uri.host()?.trim_matches(['[', ']']).to_owned(),
            port: uri.port_u16().unwrap_or(3128),
            credentials,
            direct: direct.filter(|name| !name.is_empty()).collect(),
        })
    }

    /// Whether `host` is reached through it.
    pub(super) fn serves(&self, host: &str) -> bool {
        let host = host.to_lowercase();
        !self.direct.iter().any(|name| {
            name == "*"
                || host == *name
                || host.strip_suffix(name.as_str()).is_some_and(|rest| rest.ends_with('.'))
        })
    }

    /// Asks it for a way to `host`.
    pub(super) fn connect_request(&self, host: &str, port: u16) -> String {
        let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
        let login = self.credentials.as_ref();
        let login = login.map(|login| format!("Proxy-Authorization: Basic {login}\r\n")).unwrap_or_default();
        format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n{login}\r\n")
    }
}

/// Undoes percent-encoding.
fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten();
        let byte = hex.and_then(|hex| u8::from_str_radix(core::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_used_for_everything_but_what_is_named() {
        let proxy =
            Proxy::parse("http://me:p%40ss@proxy.example:8080/", "localhost, .inside.example").unwrap();
        assert!(proxy.serves("api.sms.example"));
        assert!(!proxy.serves("localhost"));
        assert!(!proxy.serves("inside.example"));
        assert!(!proxy.serves("sms.INSIDE.example"));
        assert!(proxy.serves("notinside.example"));
        let ask = proxy.connect_request("api.sms.example", 443);
        assert!(ask.starts_with("CONNECT api.sms.example:443 HTTP/1.1\r\n"));
        assert!(ask.contains(&format!("Basic {}\r\n", BASE64.encode(b"me:p@ss"))));
        assert_eq!(format!("{proxy:?}"), "Proxy(proxy.example:8080)");
    }

    #[test]
    fn no_proxy_is_no_proxy() {
        assert_eq!(Proxy::parse("", ""), None);
        assert_eq!(Proxy::parse("socks5://proxy.example", ""), None);
        assert!(!Proxy::parse("proxy.example:3128", "*").unwrap().serves("sms.example"));
    }
}
