//! Phone numbers: what a person types, what an administrator stored, and what is dialled. Spellings are read here
//! ([`typed`]); what is a number, and which one, the world's numbering plans say ([`plan`]).

pub(super) mod plan;
mod typed;

use super::country::Country;
use typed::Typed;

/// The most digits of an extension.
const MAX_EXTENSION: usize = 10;

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
    /// Its country has shorter and longer numbers, but none with as many digits.
    WrongLength,
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
            PhoneProblem::WrongLength => "phone-wrong-length",
        }
    }
}

/// A telephone line, by country code and national number, and the extension that is dialled behind it. Two of them are
/// equal if they are one line, whichever extension they have and whatever they carry besides from before a reform.
#[derive(Clone, Debug)]
pub struct PhoneNumber {
    calling_code: String,
    national: String,
    extension: Option<String>,
}

impl PhoneNumber {
    /// Reads what a person typed: `+371 …`, `00371 …` or, with a country chosen, the national form, with spaces, dashes,
    /// dots, slashes and brackets wherever people put them. It must be a *possible* number: assigned or not changes
    /// sooner than this program does.
    pub fn parse(text: &str, country: Option<&Country>) -> Result<Self, PhoneProblem> {
        let Typed { plus, digits, extension } = typed::read(text)?;
        let line = match (digits.strip_prefix("00"), country) {
            _ if plus => plan::international(&digits),
            (Some(international), _) => plan::international(international),
            (None, Some(country)) => plan::national(&digits, country),
            (None, None) => Err(PhoneProblem::CountryMissing),
        }?;
        Ok(Self { calling_code: line.calling_code, national: line.national, extension })
    }

    /// Reads what an administrator stored: `+<country code> <number>`, with the space (R97).
    pub fn parse_stored(text: &str) -> Result<Self, PhoneProblem> {
        let code = typed::code_before_space(text)?;
        let number = Self::parse(text, None)?;
        if number.calling_code == code { Ok(number) } else { Err(PhoneProblem::CountryUnknown) }
    }

    /// Reads an extension that was typed by itself: up to ten digits of any script.
    pub fn parse_extension(text: &str) -> Result<String, PhoneProblem> {
        typed::extension(text)
    }

    /// The country code, digits only.
    pub fn calling_code(&self) -> &str {
        &self.calling_code
    }

    /// The national number, digits only.
    pub fn national_number(&self) -> &str {
        &self.national
    }

    /// What is dialled behind the line, digits only. No part of it (R98).
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// The line alone.
    #[must_use]
    pub fn without_extension(self) -> Self {
        Self { extension: None, ..self }
    }

    /// What is dialled: `+14255550123`.
    pub fn e164(&self) -> String {
        ["+", &self.calling_code, &self.national].concat()
    }

    /// The key of the line, to compare and to count by: the same for spellings with and without the digit that a country
    /// puts before mobile numbers that are called from abroad.
    pub fn line(&self) -> String {
        ["+", &self.calling_code, plan::without_mobile_token(&self.calling_code, &self.national)].concat()
    }

    /// What is stored and shown: `+1 4255550123`, and with an extension `+1 4255550123 x99`.
    pub fn display(&self) -> String {
        let number = ["+", &self.calling_code, " ", &self.national].concat();
        match &self.extension {
            Some(extension) => [&number, " x", extension].concat(),
            None => number,
        }
    }

    /// What was typed, and how it was read unless it says that itself: for the person to see which number this is.
    pub fn repeated(&self, text: &str) -> String {
        let text = typed::visible(text);
        if text == self.display() || text == self.e164() { text } else { format!("{text} ({self})") }
    }

    /// At most the last two digits, whatever the length (R137).
    pub fn masked(&self) -> String {
        ["••••••••", &self.national[self.national.len().saturating_sub(2)..]].concat()
    }

    /// Whether whoever calls or texts it pays somebody for it: no code ever goes there (T62).
    pub fn is_premium(&self) -> bool {
        plan::is_premium(&self.calling_code, &self.national)
    }
}

impl PartialEq for PhoneNumber {
    fn eq(&self, other: &Self) -> bool {
        self.line() == other.line()
    }
}

impl Eq for PhoneNumber {}

impl core::fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.display())
    }
}

/// The key of a stored number's line ([`PhoneNumber::line`]). One that is no number (any more) is its own line.
pub fn line_of(stored: &str) -> String {
    PhoneNumber::parse(stored, None).map_or_else(|_| stored.to_owned(), |number| number.line())
}

/// What is dialled for a stored number: old rows may hold a trunk zero, or a digit from before a reform.
pub fn dialled(stored: &str) -> String {
    PhoneNumber::parse(stored, None).map_or_else(|_| stored.to_owned(), |number| number.e164())
}
