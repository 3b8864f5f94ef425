//! What the service account may do, as one look at each place showed.

use regain_directory::{Excess, Right as Told, Rights};

use super::words::{count, harmless, list};

/// Names of a list that are written out.
const MOST_NAMED: usize = 3;

/// A right without which some of self-service does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// Set a password.
    SetPassword,
    /// Open an account that wrong passwords locked.
    Unlock,
    /// Ask for a change at the next sign-in, and take that back.
    RequireChange,
}

impl Right {
    pub(super) const ALL: [Self; 3] = [Self::SetPassword, Self::Unlock, Self::RequireChange];

    /// In a list of what is missing.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::SetPassword => "set passwords",
            Self::Unlock => "unlock accounts",
            Self::RequireChange => "require a password change at the next sign-in",
        }
    }

    /// In JSON.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::SetPassword => "set-password",
            Self::Unlock => "unlock",
            Self::RequireChange => "require-change",
        }
    }
}

/// What was seen of the service account's rights in one place, on one person there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The number of the container.
    pub(super) place: usize,
    /// The DN of the person on whom it was seen.
    pub(super) person: String,
    /// What it needs and does not have.
    pub(super) missing: Vec<Right>,
    /// What it needs, and the directory does not tell whether it has it.
    pub(super) untold: Vec<Right>,
    /// What it may do there and does not need, each after *may*.
    pub(super) excess: Vec<String>,
}

impl Seen {
    /// What was seen on this person, in a place as [`super::Analysis::places`] numbers them.
    pub fn new(place: usize, person: &str, rights: &Rights) -> Self {
        let needed = [
            (Right::SetPassword, rights.reset_password),
            (Right::Unlock, rights.unlock),
            (Right::RequireChange, rights.must_change),
        ];
        let those =
            |told: Told| needed.iter().filter(|(_, has)| *has == told).map(|(right, _)| *right).collect();
        Self {
            place,
            person: person.to_owned(),
            missing: those(Told::No),
            untold: those(Told::Unknown),
            excess: rights.excess.iter().map(words).collect(),
        }
    }

    /// In a sentence without an end.
    pub(super) fn sentence(&self) -> String {
        let rights =
            |rights: &[Right]| list(&rights.iter().map(|right| right.words().to_owned()).collect::<Vec<_>>());
        let mut parts = Vec::new();
        if !self.missing.is_empty() {
            parts.push(format!("may not {}", rights(&self.missing)));
        }
        if !self.untold.is_empty() {
            parts.push(format!("the directory does not tell whether it may {}", rights(&self.untold)));
        }
        if !self.excess.is_empty() {
            parts.push(format!("may {}, which it does not need", list(&self.excess)));
        }
        if parts.is_empty() { "has what it needs, and no more".to_owned() } else { parts.join("; ") }
    }
}

fn words(excess: &Excess) -> String {
    match excess {
        Excess::RulesDirectory(groups) => {
            let named: Vec<_> = groups.iter().map(|sid| group(sid)).collect();
            format!("do everything that {} may", list(&named))
        }
        Excess::Writes(attributes) => format!("write {} of people", several(attributes)),
        Excess::WritesDomain(attributes) => format!("write {} of the domain itself", several(attributes)),
    }
}

/// `2 other attributes (mail and title)`, `214 other attributes (mail, title, info and 211 more)`.
fn several(attributes: &[String]) -> String {
    let mut named: Vec<_> = attributes.iter().take(MOST_NAMED).map(|name| harmless(name)).collect();
    if attributes.len() > MOST_NAMED {
        named.push(format!("{} more", attributes.len() - MOST_NAMED));
    }
    format!("{} ({})", count(attributes.len(), "other attribute", "other attributes"), list(&named))
}

/// The groups that rule a domain, by the end of their SID (MS-DTYP, 2.4.2.4).
fn group(sid: &str) -> String {
    let name = match sid.rsplit('-').next().unwrap_or_default() {
        "498" => "Enterprise Read-only Domain Controllers",
        "512" => "Domain Admins",
        "516" => "Domain Controllers",
        "518" => "Schema Admins",
        "519" => "Enterprise Admins",
        "521" => "Read-only Domain Controllers",
        "526" => "Key Admins",
        "527" => "Enterprise Key Admins",
        "544" => "Administrators",
        "548" => "Account Operators",
        "549" => "Server Operators",
        "550" => "Print Operators",
        "551" => "Backup Operators",
        "552" => "Replicator",
        _ => return format!("the group {}", harmless(sid)),
    };
    name.to_owned()
}
