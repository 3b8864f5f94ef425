//! A method that one person has, and when two of them are one.

use super::{Kind, Method};
use serde::{Deserialize, Serialize};

/// A method that a person has registered (or that an administrator entered) and may use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usable {
    /// The method.
    pub method: Method,
    /// For phones the key of the line: one number is one kind, by text or by call, mobile or office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// Whether it came so lately that it counts beside an older method only (T65).
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub young: bool,
}

impl Usable {
    /// A method that is not a phone.
    pub const fn new(method: Method) -> Self {
        Self { method, line: None, young: false }
    }

    /// A phone with the key of its line.
    pub fn phone(method: Method, line: &str) -> Self {
        Self { method, line: Some(line.to_owned()), young: false }
    }

    /// The same, come lately or not.
    #[must_use]
    pub fn with_youth(self, young: bool) -> Self {
        Self { young, ..self }
    }

    /// What decides whether two methods are one: the kind and, for phones, the line (ruling 2, T18).
    fn identity(&self) -> (Kind, Option<&str>) {
        let kind = self.method.kind();
        (kind, if kind == Kind::Phone { self.line.as_deref() } else { None })
    }

    /// Whether this and the other prove no more together than either does alone.
    pub fn same_kind(&self, other: &Usable) -> bool {
        self.identity() == other.identity()
    }
}

/// How many different kinds the methods make.
pub fn different_kinds<'a>(methods: impl IntoIterator<Item = &'a Usable>) -> usize {
    let mut identities: Vec<_> = methods.into_iter().map(Usable::identity).collect();
    identities.sort_unstable();
    identities.dedup();
    identities.len()
}

/// Whether the methods open so many gates: they make as many kinds, and at least one of them has been there for a day.
/// Whoever took a session over could add the others (T65).
pub fn suffice<'a>(methods: impl IntoIterator<Item = &'a Usable> + Clone, gates: usize) -> bool {
    different_kinds(methods.clone()) >= gates && methods.into_iter().any(|method| !method.young)
}
