//! E-mail addresses, strict enough that one address is always exactly one recipient (T126).

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

/// One e-mail address. Lists, comments, quoted names and address literals are refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmailAddress {
    text: String,
    at: usize,
}

impl EmailAddress {
    /// Reads an address; surrounding blanks go, nothing else is changed.
    pub fn parse(text: &str) -> Result<Self, EmailProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(EmailProblem::Empty);
        }
        let (local, domain) = text.split_once('@').ok_or(EmailProblem::Malformed)?;
        if text.len() > MAX_BYTES || local.len() > MAX_LOCAL_BYTES {
            return Err(EmailProblem::TooLong);
        }
        // A look-alike spelling could be delivered to somebody else: only the canonical one is taken.
        if !is_local(local) || !is_domain(domain) || text::nfkc(text) != text {
            return Err(EmailProblem::Malformed);
        }
        Ok(Self { text: text.to_owned(), at: local.len() })
    }

    /// The address as typed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The part before the `@`.
    pub fn local(&self) -> &str {
        &self.text[..self.at]
    }

    /// The domain in lower case.
    pub fn domain(&self) -> String {
        text::fold_case(&self.text[self.at + 1..])
    }

    /// The key to compare and to count by: spellings that differ only in case share it.
    pub fn key(&self) -> String {
        text::canonical(&self.text)
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

/// A dot-atom (RFC 5322, 3.2.3), letters of any script included (RFC 6531).
fn is_local(local: &str) -> bool {
    let is_atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom))
}

/// At least two labels of letters, digits and inner hyphens, the last one not a number.
fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let last = domain.rsplit('.').next().unwrap_or("");
    domain.contains('.') && domain.split('.').all(is_label) && !last.bytes().all(|b| b.is_ascii_digit())
}
