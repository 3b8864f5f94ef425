//! Phone numbers: what a person types, what an administrator stored, and what is dialled.

use super::country::{self, Country};
use crate::text;

/// The most digits of an international number (E.164, 6.1).
const MAX_DIGITS: usize = 15;
/// The fewest digits of an international number that any country assigns to subscribers.
const MIN_DIGITS: usize = 7;
/// More characters than any spelling of a number has.
const MAX_CHARS: usize = 64;

/// What is wrong with a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhoneProblem {
    /// Nothing was typed.
    Empty,
    /// It is in national form and no country was chosen.
    CountryMissing,
    /// It begins with a country code that no country has.
    CountryUnknown,
    /// It holds other characters than a phone number has.
    Malformed,
    /// It has too few digits.
    TooShort,
    /// It has too many digits.
    TooLong,
}

impl PhoneProblem {
    /// The code of the text in the catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            PhoneProblem::Empty => "phone-empty",
            PhoneProblem::CountryMissing => "phone-country-missing",
            PhoneProblem::CountryUnknown => "phone-country-unknown",
            PhoneProblem::Malformed => "phone-malformed",
            PhoneProblem::TooShort => "phone-too-short",
            PhoneProblem::TooLong => "phone-too-long",
        }
    }
}

/// A phone number: a country code and a national number. An extension is not part of it (R98).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PhoneNumber {
    digits: String,
    calling_code_len: usize,
}

impl PhoneNumber {
    /// Reads what a person typed: `+371 …`, `00371 …` or, with a country chosen, the national form,
    /// with spaces, dashes, dots, slashes and parentheses wherever people put them.
    pub fn parse(text: &str, country: Option<&Country>) -> Result<Self, PhoneProblem> {
        let (plus, digits) = read(without_extension(text))?;
        if plus {
            Self::international(&digits)
        } else if let Some(international) = digits.strip_prefix("00") {
            Self::international(international)
        } else {
            Self::national(&digits, country.ok_or(PhoneProblem::CountryMissing)?)
        }
    }

    /// Reads what an administrator stored: `+<country code> <number>`, with the space (R97).
    pub fn parse_stored(text: &str) -> Result<Self, PhoneProblem> {
        let text = without_extension(text).trim();
        if text.is_empty() {
            return Err(PhoneProblem::Empty);
        }
        let (code, _) =
            text.strip_prefix('+').and_then(|rest| rest.split_once(' ')).ok_or(PhoneProblem::Malformed)?;
        let number = Self::parse(text, None)?;
        if number.calling_code() == code { Ok(number) } else { Err(PhoneProblem::CountryUnknown) }
    }

    /// What is dialled behind a number that was stored or typed: `123` of `+1 4255550100 x123`. No part of the line.
    pub fn extension_of(text: &str) -> Option<&str> {
        let before = without_extension(text);
        let extension = text.get(before.len()..).unwrap_or_default();
        let digits = extension.trim().trim_start_matches(|c: char| !c.is_ascii_digit());
        (!digits.is_empty() && digits.len() <= 10 && digits.bytes().all(|b| b.is_ascii_digit()))
            .then_some(digits)
    }

    fn international(digits: &str) -> Result<Self, PhoneProblem> {
        let calling_code = country::calling_code_of(digits).ok_or(PhoneProblem::CountryUnknown)?;
        Self::checked(digits.to_owned(), calling_code.len())
    }

    fn national(digits: &str, country: &Country) -> Result<Self, PhoneProblem> {
        let national = digits.strip_prefix(country.trunk_prefix).unwrap_or(digits);
        Self::checked([country.calling_code, national].concat(), country.calling_code.len())
    }

    fn checked(digits: String, calling_code_len: usize) -> Result<Self, PhoneProblem> {
        let (fewest, most) =
            country::digits_of(&digits[..calling_code_len]).unwrap_or((MIN_DIGITS, MAX_DIGITS));
        match digits.len() {
            len if len < fewest => Err(PhoneProblem::TooShort),
            len if len > most => Err(PhoneProblem::TooLong),
            _ => Ok(Self { digits, calling_code_len }),
        }
    }

    /// The country code, digits only.
    pub fn calling_code(&self) -> &str {
        &self.digits[..self.calling_code_len]
    }

    /// The national number, digits only.
    pub fn national_number(&self) -> &str {
        &self.digits[self.calling_code_len..]
    }

    /// What is dialled: `+14255550123`.
    pub fn e164(&self) -> String {
        ["+", &self.digits].concat()
    }

    /// What is stored and shown: `+1 4255550123`.
    pub fn display(&self) -> String {
        ["+", self.calling_code(), " ", self.national_number()].concat()
    }

    /// At most the last two digits, whatever the length (R137).
    pub fn masked(&self) -> String {
        ["••••••••", &self.digits[self.digits.len() - 2..]].concat()
    }

    /// Whether whoever calls or texts it pays somebody for it: no code ever goes there (T62).
    pub fn is_premium(&self) -> bool {
        super::premium::is_premium(self.calling_code(), self.national_number())
    }

    /// Whether both are one telephone line.
    pub fn same_line(&self, other: &PhoneNumber) -> bool {
        self.digits == other.digits
    }
}

impl core::fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.display())
    }
}

/// Cuts an extension off: `x123`, `ext. 123`, `;ext=123`. Other text behind a number stays, and is refused.
fn without_extension(text: &str) -> &str {
    let is_mark = |c: char| c.is_ascii_alphabetic() || matches!(c, ';' | '=' | '.' | ' ');
    let number = text.trim_end().trim_end_matches(|c| text::ascii_digit(c).is_some());
    let extension_is_there = number.len() < text.trim_end().len();
    let before = number.trim_end_matches(is_mark);
    let mark = number[before.len()..].trim_matches([';', '=', '.', ' ']);
    let is_extension = ["x", "ext", "extension"].iter().any(|name| mark.eq_ignore_ascii_case(name));
    if extension_is_there && is_extension { before } else { text }
}

/// The digits, and whether a plus stands before them.
fn read(text: &str) -> Result<(bool, String), PhoneProblem> {
    let text = text.trim();
    if text.chars().count() > MAX_CHARS {
        return Err(PhoneProblem::TooLong);
    }
    let rest = text.strip_prefix(['+', '＋']);
    let mut digits = String::new();
    for c in rest.unwrap_or(text).chars() {
        match text::ascii_digit(c) {
            Some(digit) => digits.push(digit),
            None if is_separator(c) => {}
            None => return Err(PhoneProblem::Malformed),
        }
    }
    if digits.is_empty() { Err(PhoneProblem::Empty) } else { Ok((rest.is_some(), digits)) }
}

fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || text::is_dash(c)
        || matches!(c, '.' | '(' | ')' | '/' | '\u{200E}' | '\u{202A}'..='\u{202C}')
}
