//! The rules that need nothing but the password and the profile's numbers.
//!
//! This runs in the browser as the person types and again on the server, which decides. The browser
//! normalises with its own `String.prototype.normalize("NFKC")`, so the tables stay out of the bundle.

use super::problem::PasswordProblem;
use super::profile::{MAX_BYTES, PasswordProfile, ProfileKind};

/// Classes of which Entra wants three: lower, upper, digit, symbol (R153).
const CLASSES_WANTED: u8 = 3;

/// What is wrong with a password, apart from lists and names; empty when nothing is.
///
/// `typed` is the password as typed, `normalized` the same after NFKC.
pub fn check(typed: &str, normalized: &str, profile: &PasswordProfile) -> Vec<PasswordProblem> {
    let mut problems = Vec::new();
    let chars = normalized.chars().count();
    if chars < usize::from(profile.min) {
        problems.push(PasswordProblem::TooShort { min: profile.min });
    }
    if chars > usize::from(profile.max) || typed.len() > MAX_BYTES || normalized.len() > MAX_BYTES {
        problems.push(PasswordProblem::TooLong { max: profile.max });
    }
    if typed.chars().any(char::is_control) {
        problems.push(PasswordProblem::ControlCharacter);
    }
    if profile.kind == ProfileKind::Entra {
        if !typed.is_ascii() {
            problems.push(PasswordProblem::NotAscii);
        }
        if classes(typed) < CLASSES_WANTED {
            problems.push(PasswordProblem::TooFewClasses { min: CLASSES_WANTED });
        }
    }
    problems
}

/// How many of the classes lower, upper, digit and symbol (the blank included) occur.
pub fn classes(text: &str) -> u8 {
    let has = |is_in_class: fn(&u8) -> bool| u8::from(text.bytes().any(|byte| is_in_class(&byte)));
    has(u8::is_ascii_lowercase)
        + has(u8::is_ascii_uppercase)
        + has(u8::is_ascii_digit)
        + has(|byte| byte.is_ascii_punctuation() || *byte == b' ')
}
