//! A new password that has passed every rule.

use super::banned::{self, BannedWords};
use super::problem::PasswordProblem;
use super::profile::{MAX_BYTES, MIN_FLOOR, PasswordProfile};
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

    /// Judges a password that somebody else sets or imports. No profile holds for it, because its owner chooses another
    /// one at the first sign-in; but until then it is all that stands before the account: 8 characters, no name of the
    /// person's, none that is guessed first (ruling 6).
    pub fn parse_temporary(
        typed: &str,
        names: &PersonNames,
        is_common: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Self, Vec<PasswordProblem>> {
        let floor = PasswordProfile { min: MIN_FLOOR, ..PasswordProfile::nist() };
        if typed.len() > MAX_BYTES {
            return Err(vec![PasswordProblem::TooLong { max: floor.max }]);
        }
        let normalized = normalize(typed);
        let mut problems = rules::check(typed, normalized.expose(), &floor);
        let person = Person { names, organization: "" };
        problems.extend(named_or_common(normalized.expose(), &person, is_common));
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
    named_or_common(normalized, person, lists.is_common).or_else(|| lists.banned.problem(normalized))
}

fn named_or_common(
    normalized: &str,
    person: &Person,
    is_common: &(dyn Fn(&str) -> bool + Sync),
) -> Option<PasswordProblem> {
    if banned::contains_name(normalized, person) {
        return Some(PasswordProblem::ContainsName);
    }
    let lower = Secret::from(text::folded(normalized));
    let evened_out = Secret::from(banned::normalized(normalized));
    let is_variant = || evened_out != lower && is_common(evened_out.expose());
    (is_common(lower.expose()) || is_variant()).then_some(PasswordProblem::Common)
}
