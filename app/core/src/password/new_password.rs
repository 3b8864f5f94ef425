//! A new password that has passed every rule.

use super::banned::{self, BannedWords};
use super::problem::PasswordProblem;
use super::profile::{MAX_BYTES, PasswordProfile};
use super::rules;
use crate::account::PersonNames;
use crate::secret::Secret;
use crate::text;

/// Whose password it is to be.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// The person's names.
    pub names: &'a PersonNames,
    /// The organisation's name.
    pub organization: &'a str,
}

/// The lists that a password is held against.
#[derive(Clone, Copy)]
pub struct Blocklists<'a> {
    /// Words that hardly count (R163 to R173).
    pub banned: &'a BannedWords,
    /// Whether a whole password is among those seen most often. Asked twice: for the password in lower
    /// case, and for the same with look-alikes undone (`p@ssw0rd`).
    pub is_common: &'a (dyn Fn(&str) -> bool + Sync),
}

/// A password that may be set.
#[derive(Clone, Debug)]
pub struct NewPassword {
    typed: Secret,
    normalized: Secret,
}

impl NewPassword {
    /// Judges a password under the profile, for the person, against the lists. Every rule that it breaks
    /// is named.
    pub fn parse(
        typed: &str,
        profile: &PasswordProfile,
        person: &Person,
        lists: &Blocklists,
    ) -> Result<Self, Vec<PasswordProblem>> {
        if typed.len() > MAX_BYTES {
            return Err(vec![PasswordProblem::TooLong { max: profile.max }]);
        }
        let normalized = normalize(typed);
        let mut problems = rules::check(typed, normalized.expose(), profile);
        if normalized.expose().len() <= MAX_BYTES {
            problems.extend(listed(normalized.expose(), person, lists));
        }
        if problems.is_empty() { Ok(Self { typed: Secret::from(typed), normalized }) } else { Err(problems) }
    }

    /// What Regain hashes for a local account.
    pub fn normalized(&self) -> &Secret {
        &self.normalized
    }

    /// What a directory is handed, which hashes what it gets.
    pub fn as_typed(&self) -> &Secret {
        &self.typed
    }

    /// Whether the two differ: a person whose directory judges should know.
    pub fn differs(&self) -> bool {
        self.typed != self.normalized
    }
}

/// The form in which a local password is hashed and compared: NFKC, blanks and case kept (T148, T149).
pub fn normalize(typed: &str) -> Secret {
    Secret::from(text::nfkc(typed))
}

fn listed(normalized: &str, person: &Person, lists: &Blocklists) -> Option<PasswordProblem> {
    if banned::contains_name(normalized, person) {
        return Some(PasswordProblem::ContainsName);
    }
    let lower = Secret::from(normalized.to_lowercase());
    let evened_out = Secret::from(banned::normalized(normalized));
    if (lists.is_common)(lower.expose()) || (lists.is_common)(evened_out.expose()) {
        return Some(PasswordProblem::Common);
    }
    lists.banned.problem(normalized)
}
