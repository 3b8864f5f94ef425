//! The numbers of the password rules, small enough to hand to an island.

use crate::form::FieldProblem;
use serde::{Deserialize, Serialize};

text_enum! {
    /// Which rules hold (ruling 6).
    pub enum ProfileKind {
        /// NIST SP 800-63B-4: length, any character, no composition rules.
        Nist = "nist",
        /// Microsoft Entra: three of four classes, ASCII.
        Entra = "entra",
    }
}

/// The shortest minimum that may be set: NIST's for sign-in with a second factor, and Entra's.
pub const MIN_FLOOR: u16 = 8;
/// NIST's minimum where the password is the only factor.
pub const NIST_MIN: u16 = 15;
/// The longest minimum that may be set: NIST demands that at least 64 characters are possible.
pub const MIN_CEILING: u16 = 64;
/// The longest password, in characters (R152).
pub const MAX_CHARS: u16 = 256;
/// The longest password, in bytes; 256 characters of four bytes.
pub const MAX_BYTES: usize = 1024;

/// The rules that hold for a password. Lengths are in Unicode code points after NFKC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordProfile {
    /// Which rules.
    pub kind: ProfileKind,
    /// The fewest characters.
    pub min: u16,
    /// The most characters.
    pub max: u16,
}

impl Default for PasswordProfile {
    fn default() -> Self {
        Self::nist()
    }
}

impl PasswordProfile {
    /// NIST's rules where the password is the only factor.
    pub const fn nist() -> Self {
        Self { kind: ProfileKind::Nist, min: NIST_MIN, max: MAX_CHARS }
    }

    /// NIST's rules where sign-in demands a second factor.
    pub const fn nist_with_second_factor() -> Self {
        Self { kind: ProfileKind::Nist, min: MIN_FLOOR, max: MAX_CHARS }
    }

    /// Entra's rules.
    pub const fn entra() -> Self {
        Self { kind: ProfileKind::Entra, min: MIN_FLOOR, max: MAX_CHARS }
    }

    /// The rules for a person of whom sign-in demands a second factor, or does not: while the shortest length is NIST's
    /// number for a password alone, NIST's number for a password with a second factor takes its place (ruling 6).
    #[must_use]
    pub const fn for_sign_in(self, second_factor: bool) -> Self {
        if second_factor && matches!(self.kind, ProfileKind::Nist) && self.min == NIST_MIN {
            Self { min: MIN_FLOOR, ..self }
        } else {
            self
        }
    }

    /// What is wrong with a profile that an administrator tuned; the field is `password_min`.
    pub fn problems(&self) -> Vec<FieldProblem> {
        if (MIN_FLOOR..=MIN_CEILING).contains(&self.min) && self.max == MAX_CHARS {
            return Vec::new();
        }
        let problem = FieldProblem::new("password_min", "number-range");
        vec![problem.with("min", &MIN_FLOOR).with("max", &MIN_CEILING)]
    }
}
