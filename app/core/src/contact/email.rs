//! E-mail addresses, strict enough that one address is always exactly one recipient (T126).

use super::domain;
use crate::text;

/// The longest address, in bytes (RFC 5321, 4.5.3.1.3, without the angle brackets).
pub const MAX_BYTES: usize = 254;
/// The longest part before the `@`, in bytes (RFC 5321, 4.5.3.1.1).
pub const MAX_LOCAL_BYTES: usize = 64;

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailProblem {
    /// Nothing was typed.
    Empty,
    /// It does not look like `name@example.com`.
    Malformed,
    /// More than 254 bytes, or more than 64 before the `@`.
    TooLong,
}

impl EmailProblem {
    /// The code of the text in the catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            EmailProblem::Empty => "email-empty",
            EmailProblem::Malformed => "email-malformed",
            EmailProblem::TooLong => "email-too-long",
        }
    }
}

/// One e-mail address. Lists, comments, quoted names and address literals are refused. Its domain may be written in any
/// script, as letters or as A-labels: that is one address, kept as letters and sent as A-labels.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmailAddress {
    text: String,
    at: usize,
    domain: String,
}

impl EmailAddress {
    /// Reads an address; surrounding blanks go, letters are composed, and a domain of other letters than ASCII is
    /// written one way. Nothing else is changed.
    pub fn parse(text: &str) -> Result<Self, EmailProblem> {
        let text = text::nfc(text.trim());
        if text.is_empty() {
            return Err(EmailProblem::Empty);
        }
        let (local, typed) = text.split_once('@').ok_or(EmailProblem::Malformed)?;
        if local.len() > MAX_LOCAL_BYTES || local.len() + 1 + shortest(typed) > MAX_BYTES {
            return Err(EmailProblem::TooLong);
        }
        // A look-alike spelling could be delivered to somebody else: only the canonical one is taken.
        if !is_local(local) || text::nfkc(&text) != text || typed.chars().any(is_hidden) {
            return Err(EmailProblem::Malformed);
        }
        let domain = domain::ascii(typed).filter(|ascii| is_domain(ascii)).ok_or(EmailProblem::Malformed)?;
        if local.len() + 1 + domain.len() > MAX_BYTES {
            return Err(EmailProblem::TooLong);
        }
        let text = if typed.eq_ignore_ascii_case(&domain) && !domain.contains("xn--") {
            text
        } else {
            let readable = domain::readable(&domain).ok_or(EmailProblem::Malformed)?;
            format!("{local}@{readable}")
        };
        let at = text.find('@').ok_or(EmailProblem::Malformed)?;
        Ok(Self { text, at, domain })
    }

    /// The address as people read it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The part before the `@`.
    pub fn local(&self) -> &str {
        &self.text[..self.at]
    }

    /// The domain as mail servers take it: ASCII, lower case.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The key to compare and to count by: spellings of one address share it.
    pub fn key(&self) -> String {
        format!("{}@{}", text::canonical(self.local()), self.domain)
    }

    /// The key of an address that somebody entered, however it was spelled; what is no address has a key as well.
    pub fn key_of(text: &str) -> String {
        Self::parse(text).map_or_else(|_| text::canonical(text.trim()), |address| address.key())
    }

    /// Enough to recognise one's own address: `j•••@m•••.example`.
    pub fn masked(&self) -> String {
        let domain = &self.text[self.at + 1..];
        let (host, suffix) = domain.rsplit_once('.').unwrap_or((domain, ""));
        let mut masked = String::new();
        masked.extend(self.text.chars().next());
        masked.push_str("•••@");
        masked.extend(host.chars().next());
        masked.push_str("•••.");
        masked.push_str(suffix);
        masked
    }
}

impl core::fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.text)
    }
}

/// A dot-atom (RFC 5322, 3.2.3), letters of any script included (RFC 6531). What only changes the letter before it never
/// comes first, and joiners stand only where a script needs them: elsewhere nobody would see them.
fn is_local(local: &str) -> bool {
    let is_atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let is_inner = |c: char| is_atom(c) || is_joiner(c) || (text::is_mark(c) && !is_hidden(c));
    let is_word = |atom: &str| {
        atom.starts_with(|c: char| is_atom(c) && !text::is_mark(c))
            && atom.chars().all(is_inner)
            && (!atom.contains(is_joiner) || domain::joins_rightly(atom))
    };
    local.split('.').all(is_word)
}

/// How many bytes a domain has at least as it is sent: letters that need three or four may become less than one each.
fn shortest(domain: &str) -> usize {
    if domain.is_ascii() { domain.len() } else { domain.len() / 4 }
}

const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Characters that a domain's rules leave out silently.
fn is_hidden(c: char) -> bool {
    text::is_invisible(c) && !is_joiner(c)
}

/// At least two labels, the last one not a number.
fn is_domain(ascii: &str) -> bool {
    ascii.rsplit_once('.').is_some_and(|(_, last)| !last.bytes().all(|byte| byte.is_ascii_digit()))
}
