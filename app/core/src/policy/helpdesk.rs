//! The link behind *Contact your administrator*.

use crate::contact::EmailAddress;

/// The longest link that is kept, in bytes.
const MAX_BYTES: usize = 2048;

/// A web page or a mailbox. Nothing else can become a link (T88).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpdeskLink {
    /// An address of the internet or, with `http`, of the intranet.
    Url(String),
    /// A mailbox.
    Email(EmailAddress),
}

/// What is wrong with the text of a help-desk link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpdeskProblem {
    /// Nothing was typed.
    Empty,
    /// It is neither a web address nor a mail address.
    Malformed,
}

impl HelpdeskProblem {
    /// The code of the text in the catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            HelpdeskProblem::Empty => "helpdesk-empty",
            HelpdeskProblem::Malformed => "helpdesk-malformed",
        }
    }
}

impl HelpdeskLink {
    /// Reads a web address with a host and without credentials, or a plain mail address.
    pub fn parse(text: &str) -> Result<Self, HelpdeskProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(HelpdeskProblem::Empty);
        }
        if is_web_address(text) {
            return Ok(Self::Url(text.to_owned()));
        }
        EmailAddress::parse(text).map(Self::Email).map_err(|_| HelpdeskProblem::Malformed)
    }

    /// What the link points to.
    pub fn href(&self) -> String {
        match self {
            Self::Url(url) => url.clone(),
            Self::Email(address) => {
                ["mailto:", &percent_encoded(address.local()), "@", address.domain()].concat()
            }
        }
    }
}

fn is_web_address(text: &str) -> bool {
    let is_plain = |c: char| !c.is_control() && !c.is_whitespace() && !"\"'<>\\^`{|}".contains(c);
    text.len() <= MAX_BYTES
        && text.chars().all(is_plain)
        && text
            .split_once("://")
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
            .is_some_and(|(_, rest)| is_authority(rest.split(['/', '?', '#']).next().unwrap_or("")))
}

/// A host name or address with an optional port, and no user or password before it.
fn is_authority(authority: &str) -> bool {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((inside, after)) if inside.parse::<std::net::Ipv6Addr>().is_ok() => ("v6", after),
            _ => return false,
        },
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    let is_port =
        |port: &str| port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok_and(|p| p > 0));
    host.strip_suffix('.').unwrap_or(host).split('.').all(is_label) && (port.is_empty() || is_port(port))
}

/// Keeps what a mail address may have in a link and escapes the rest (RFC 6068, 2).
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$'*+".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for half in [byte >> 4, byte & 15] {
                encoded.push(char::from(b"0123456789ABCDEF"[usize::from(half)]));
            }
        }
    }
    encoded
}
