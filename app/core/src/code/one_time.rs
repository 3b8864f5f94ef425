//! One-time codes: digits that a message carries and a person types.

use crate::entropy::{Entropy, below};
use crate::secret::Secret;
use crate::text;

/// More characters than any spelling of a code has.
const MAX_CHARS: usize = 32;

/// How many digits a code has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeLength {
    /// Texts, calls and authenticator apps.
    Six,
    /// E-mail.
    Eight,
}

impl CodeLength {
    /// The number of digits.
    pub const fn digits(self) -> usize {
        match self {
            CodeLength::Six => 6,
            CodeLength::Eight => 8,
        }
    }
}

/// What is wrong with a typed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeProblem {
    /// Nothing was typed.
    Empty,
    /// It is not made of six or eight digits.
    Malformed,
}

impl CodeProblem {
    /// The code of the text in the catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            CodeProblem::Empty => "code-empty",
            CodeProblem::Malformed => "code-malformed",
        }
    }
}

/// A code of six or eight ASCII digits, leading zeros kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneTimeCode(Secret);

impl OneTimeCode {
    /// A new code, each one equally likely.
    pub fn generate(entropy: &dyn Entropy, length: CodeLength) -> Self {
        let digits: String =
            (0..length.digits()).filter_map(|_| char::from_digit(below(entropy, 10), 10)).collect();
        Self(Secret::from(digits))
    }

    /// Reads a typed code. Blanks and dashes go; decimal digits of any script count as the digits that they are; anything
    /// else is refused.
    pub fn parse(text: &str) -> Result<Self, CodeProblem> {
        let mut digits = String::with_capacity(MAX_CHARS);
        for c in text.chars() {
            match text::ascii_digit(c) {
                Some(digit) if digits.len() < MAX_CHARS => digits.push(digit),
                None if c.is_whitespace() || text::is_dash(c) => {}
                _ => return Err(CodeProblem::Malformed),
            }
        }
        let code = Secret::from(digits);
        match code.expose().len() {
            0 => Err(CodeProblem::Empty),
            6 | 8 => Ok(Self(code)),
            _ => Err(CodeProblem::Malformed),
        }
    }

    /// The digits, for the message or the keyed hash.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}
