//! User principal names, for creating users (Entra's rules).

/// What is wrong with a user principal name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpnProblem {
    /// Nothing was given.
    Empty,
    /// There is not exactly one `@` with something on both sides.
    NotAnAddress,
    /// More than 64 characters before the `@`.
    NameTooLong,
    /// More than 48 characters after the `@`.
    DomainTooLong,
    /// A character other than `A-Z a-z 0-9 ' . - _ ! # ^ ~` before the `@`.
    NameCharacter,
    /// A dot at the start, right before the `@`, or two in a row.
    Dot,
    /// What follows the `@` is no domain name.
    Domain,
}

impl UpnProblem {
    /// The code of the text in the catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            UpnProblem::Empty => "upn-empty",
            UpnProblem::NotAnAddress => "upn-not-an-address",
            UpnProblem::NameTooLong => "upn-name-too-long",
            UpnProblem::DomainTooLong => "upn-domain-too-long",
            UpnProblem::NameCharacter => "upn-name-character",
            UpnProblem::Dot => "upn-dot",
            UpnProblem::Domain => "upn-domain",
        }
    }
}

/// A user principal name: `name@domain`, at most 64 and 48 characters, 113 in all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Upn {
    text: String,
    at: usize,
}

impl Upn {
    /// Reads a user principal name; surrounding blanks go.
    pub fn parse(text: &str) -> Result<Self, UpnProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(UpnProblem::Empty);
        }
        let (name, domain) = text.split_once('@').ok_or(UpnProblem::NotAnAddress)?;
        if name.is_empty() || domain.is_empty() || domain.contains('@') {
            return Err(UpnProblem::NotAnAddress);
        }
        check_name(name)?;
        check_domain(domain)?;
        Ok(Self { text: text.to_owned(), at: name.len() })
    }

    /// The whole name as given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The part before the `@`.
    pub fn name(&self) -> &str {
        &self.text[..self.at]
    }

    /// The part after the `@`.
    pub fn domain(&self) -> &str {
        &self.text[self.at + 1..]
    }

    /// The key to look up by: lower case. It equals the key of the [`Username`](super::Username).
    pub fn key(&self) -> String {
        self.text.to_ascii_lowercase()
    }
}

fn check_name(name: &str) -> Result<(), UpnProblem> {
    if name.chars().count() > 64 {
        return Err(UpnProblem::NameTooLong);
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || "'.-_!#^~".contains(c);
    if !name.chars().all(allowed) {
        return Err(UpnProblem::NameCharacter);
    }
    if name.starts_with('.') || name.ends_with('.') || name.contains("..") {
        return Err(UpnProblem::Dot);
    }
    Ok(())
}

fn check_domain(domain: &str) -> Result<(), UpnProblem> {
    if domain.chars().count() > 48 {
        return Err(UpnProblem::DomainTooLong);
    }
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    if domain.split('.').all(is_label) { Ok(()) } else { Err(UpnProblem::Domain) }
}
