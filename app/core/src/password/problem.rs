//! Why a password is refused.

use crate::form::FieldProblem;

/// Why a password is refused. No variant says which listed word was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PasswordProblem {
    /// Fewer characters than the profile wants.
    TooShort {
        /// The fewest.
        min: u16,
    },
    /// More characters than the profile allows, or more than 1,024 bytes. Nothing is ever cut off.
    TooLong {
        /// The most characters.
        max: u16,
    },
    /// A control character, which some systems would cut the password at.
    ControlCharacter,
    /// Entra: a character outside of printable ASCII.
    NotAscii,
    /// Entra: too few of lower case, upper case, digits and symbols.
    TooFewClasses {
        /// How many are wanted.
        min: u8,
    },
    /// The person's or the organisation's name is in it (R169, R174).
    ContainsName,
    /// Too easy to guess: made of globally banned words (R175).
    TooEasy,
    /// Blocked by the administrator's list (R175).
    BlockedByAdministrator,
    /// The whole password is among those seen most often.
    Common,
    /// The current password again, on a change (R156).
    SameAsCurrent,
    /// The confirmation differs (R151).
    Mismatch,
}

impl PasswordProblem {
    /// The code of the text in the catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            PasswordProblem::TooShort { .. } => "password-too-short",
            PasswordProblem::TooLong { .. } => "password-too-long",
            PasswordProblem::ControlCharacter => "password-control-character",
            PasswordProblem::NotAscii => "password-not-ascii",
            PasswordProblem::TooFewClasses { .. } => "password-too-few-classes",
            PasswordProblem::ContainsName => "password-contains-name",
            PasswordProblem::TooEasy => "password-too-easy",
            PasswordProblem::BlockedByAdministrator => "password-blocked-by-administrator",
            PasswordProblem::Common => "password-common",
            PasswordProblem::SameAsCurrent => "password-same-as-current",
            PasswordProblem::Mismatch => "password-mismatch",
        }
    }

    /// Whether a list or a name refused it: *fuzzy policy violation* in the audit log (R176).
    pub const fn is_fuzzy(self) -> bool {
        matches!(
            self,
            PasswordProblem::ContainsName
                | PasswordProblem::TooEasy
                | PasswordProblem::BlockedByAdministrator
                | PasswordProblem::Common
        )
    }

    /// The problem of a form's field.
    pub fn on(self, field: &str) -> FieldProblem {
        let problem = FieldProblem::new(field, self.code());
        match self {
            PasswordProblem::TooShort { min } => problem.with("min", &min),
            PasswordProblem::TooLong { max } => problem.with("max", &max),
            PasswordProblem::TooFewClasses { min } => problem.with("min", &min),
            _ => problem,
        }
    }
}
