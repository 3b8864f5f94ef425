//! What the service account may do to a person: what it needs, and what it has too much.

pub(crate) mod active_directory;
mod descriptor;
pub(crate) mod effective;

/// Whether the service account may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// It may.
    Yes,
    /// It may not.
    No,
    /// The directory does not tell before somebody tries.
    Unknown,
}

/// What the service account may do to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    /// To set a password without the old one.
    pub reset_password: Right,
    /// To open a locked account: `lockoutTime`, `accountUnlockTime`, `krbLoginFailedCount`.
    pub unlock: Right,
    /// To say that a password must be changed, and to take that back: `pwdLastSet`, `passwordExpirationTime`,
    /// `krbPasswordExpiration`.
    pub must_change: Right,
    /// What it may and does not need.
    pub excess: Vec<Excess>,
}

/// What a service account does not need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Excess {
    /// It is in groups that rule the directory; their SIDs.
    RulesDirectory(Vec<String>),
    /// It may write other attributes of this person.
    Writes(Vec<String>),
    /// It may write attributes of the head of the domain or tree, which nobody needs to.
    WritesDomain(Vec<String>),
}

impl Rights {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self {
        reset_password: Right::Unknown,
        unlock: Right::Unknown,
        must_change: Right::Unknown,
        excess: Vec::new(),
    };
}

/// Whether an attribute of this name is among those that may be written.
fn among<'a>(mut writable: impl Iterator<Item = &'a str>, name: &str) -> Right {
    if writable.any(|other| other.eq_ignore_ascii_case(name)) { Right::Yes } else { Right::No }
}

/// Those that are not needed.
fn others<'a>(writable: impl Iterator<Item = &'a str>, needed: &[&str]) -> Vec<String> {
    let is_needed = |name: &&str| needed.iter().any(|needed| needed.eq_ignore_ascii_case(name));
    writable.filter(|name| !is_needed(name)).map(str::to_owned).collect()
}

/// What there is of these.
fn excess(rules: Vec<String>, person: Vec<String>, head: Vec<String>) -> Vec<Excess> {
    [Excess::RulesDirectory(rules), Excess::Writes(person), Excess::WritesDomain(head)]
        .into_iter()
        .filter(|excess| {
            let (Excess::RulesDirectory(names) | Excess::Writes(names) | Excess::WritesDomain(names)) =
                excess;
            !names.is_empty()
        })
        .collect()
}
