//! What a directory publishes about its passwords, for one person.

use std::time::Duration;

/// The rules, as far as they can be read. `None` means that the directory sets no such rule, or does not tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Where they come from.
    pub source: Source,
    /// Characters, at least.
    pub min_length: Option<u32>,
    /// How many kinds of characters (upper case, lower case, digits, others), at least.
    pub classes: Option<u8>,
    /// How many earlier passwords may not be used again.
    pub history: Option<u32>,
    /// How old a password must be before its owner may change it.
    pub min_age: Option<Duration>,
    /// How old a password may get.
    pub max_age: Option<Duration>,
    /// How wrong passwords lock an account.
    pub lockout: Option<Lockout>,
    /// A module or filter of the directory judges too, by rules that nobody publishes.
    pub filtered: bool,
}

impl Rules {
    /// Nothing is known but where rules would come from.
    pub const fn unknown(source: Source) -> Self {
        Self {
            source,
            min_length: None,
            classes: None,
            history: None,
            min_age: None,
            max_age: None,
            lockout: None,
            filtered: false,
        }
    }

    /// Whether the directory told its rules: where one is `None` then, there is none.
    pub const fn are_known(&self) -> bool {
        matches!(self.source, Source::Domain | Source::Own(_))
    }
}

/// Where rules come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The domain's policy, which holds for everybody without one of their own.
    Domain,
    /// A policy for some: a fine-grained one of Active Directory, or an entry of `ppolicy`. Its name or DN.
    Own(String),
    /// A policy exists, and the service account may not read it. Its name or DN. The rest is unknown.
    Hidden(String),
    /// The directory publishes none.
    None,
}

/// How wrong passwords lock an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lockout {
    /// So many.
    pub threshold: u32,
    /// Within so long; `None`: counted until a right one.
    pub window: Option<Duration>,
    /// For so long; `None`: until somebody opens it.
    pub duration: Option<Duration>,
}
