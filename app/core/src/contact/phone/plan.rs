//! What the numbering plans of the world say, from the metadata of libphonenumber: which digits are a country's code,
//! which are dialled inside it alone, how long its numbers are, and where a call earns somebody money.

use rlibphonenumber::{
    NumberLengthType, PHONE_NUMBER_UTIL as PLANS, ParseError, PhoneNumber as Planned, PhoneNumberFormat,
    PhoneNumberType, Region, ValidationError, get_national_significant_number_owned as national_of,
};

use super::PhoneProblem;
use crate::contact::country::Country;

/// What people type between the country's code and the number though it does not belong there: a calling code of one
/// country, or of all. The metadata knows it for numbers that are assigned, and knows Mexico's plan as it is since 2019,
/// when the 1 before mobile numbers, and the prefixes inside the country, were given up.
const LEFT_OUT: [(Option<&str>, &str); 5] =
    [(None, "0"), (Some("52"), "1"), (Some("52"), "01"), (Some("52"), "044"), (Some("52"), "045")];

/// Ranges that the regulators call premium and that the metadata does not have: by calling code, and what the national
/// number begins with (T62).
const ALSO_PREMIUM: [(&str, &str); 4] = [("34", "905"), ("34", "907"), ("375", "810"), ("994", "900")];

/// A number, divided.
pub(super) struct Line {
    pub(super) calling_code: String,
    pub(super) national: String,
}

impl Line {
    fn of(number: &Planned) -> Self {
        Self { calling_code: number.country_code.to_string(), national: national_of(number) }
    }
}

/// Reads what follows a plus.
pub(super) fn international(digits: &str) -> Result<Line, PhoneProblem> {
    if digits.is_empty() {
        return Err(PhoneProblem::CountryUnknown);
    }
    possible(parse(&["+", digits].concat(), None)?)
}

/// Reads what people of this country dial. With the country's own code before it but without a plus, it is the same
/// number: unless it is a number as it stands.
pub(super) fn national(digits: &str, country: &Country) -> Result<Line, PhoneProblem> {
    let inside = parse(digits, region(country));
    if digits.starts_with(&country.calling_code())
        && let Ok(outside) = parse(&["+", digits].concat(), None)
        && PLANS.is_valid_number(&outside)
        && !inside.as_ref().is_ok_and(|inside| is_written_so(inside, digits))
    {
        return possible(outside);
    }
    possible(inside?)
}

/// Whether people inside the country would write the number with these digits: an assigned one, trunk prefix included.
fn is_written_so(number: &Planned, digits: &str) -> bool {
    let written = PLANS.format(number, PhoneNumberFormat::National);
    PLANS.is_valid_number(number) && written.chars().filter(char::is_ascii_digit).eq(digits.chars())
}

/// The number among the readings: an assigned one before a possible one, the longer before the shorter.
fn possible(number: Planned) -> Result<Line, PhoneProblem> {
    let whole = settled(number);
    let shorter = shorter(&whole);
    let judged = judge(&whole);
    let better = if shorter.is_empty() || (judged.is_ok() && PLANS.is_valid_number(&whole)) {
        None
    } else {
        let assigned = shorter.iter().find(|reading| PLANS.is_valid_number(reading));
        assigned.or_else(|| shorter.iter().find(|reading| judged.is_err() && judge(reading).is_ok()))
    };
    match better {
        Some(reading) => Ok(Line::of(reading)),
        None => judged.map(|()| Line::of(&whole)),
    }
}

/// The same number without what may have been typed too much.
fn shorter(number: &Planned) -> Vec<Planned> {
    let Line { calling_code, national } = Line::of(number);
    let without = |(of, prefix): &(Option<&str>, &str)| {
        let rest = national.strip_prefix(prefix).filter(|_| of.is_none_or(|of| of == calling_code))?;
        let shorter = parse(&["+", &calling_code, rest].concat(), None).ok()?;
        (shorter.country_code == number.country_code).then(|| settled(shorter))
    };
    LEFT_OUT.iter().filter_map(without).collect()
}

/// Reads a number until nothing more falls off, so that what is stored reads back as itself.
fn settled(mut number: Planned) -> Planned {
    while let Ok(next) = PLANS.parse(e164(&number), None)
        && national_of(&next).len() < national_of(&number).len()
    {
        number = next;
    }
    number
}

fn parse(text: &str, region: Option<Region>) -> Result<Planned, PhoneProblem> {
    let number = PLANS.parse(text, region).map_err(|problem| match problem {
        ParseError::InvalidCountryCode => PhoneProblem::CountryUnknown,
        ParseError::TooLongNsn => PhoneProblem::TooLong,
        // Nothing but digits comes here: too few or too many.
        ParseError::NotANumber(_) if text.len() > 8 => PhoneProblem::TooLong,
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn | ParseError::NotANumber(_) => {
            PhoneProblem::TooShort
        }
    })?;
    // What is billed across countries (satellites, shared services, +979) is nobody's phone.
    if has_country(number.country_code) { Ok(number) } else { Err(PhoneProblem::CountryUnknown) }
}

fn judge(number: &Planned) -> Result<(), PhoneProblem> {
    match PLANS.is_possible_number_with_reason(number) {
        Ok(NumberLengthType::IsPossible) => Ok(()),
        Ok(NumberLengthType::IsPossibleLocalOnly) | Err(ValidationError::TooShort) => {
            Err(PhoneProblem::TooShort)
        }
        Err(ValidationError::TooLong) => Err(PhoneProblem::TooLong),
        Err(ValidationError::InvalidLength) => Err(PhoneProblem::WrongLength),
        Err(ValidationError::InvalidCountryCode) => Err(PhoneProblem::CountryUnknown),
    }
}

/// Argentina's 9: it stands before a mobile number that is called from abroad, and before no other.
pub(super) fn without_mobile_token<'a>(calling_code: &str, national: &'a str) -> &'a str {
    let token = calling_code.parse().ok().and_then(|code| PLANS.get_country_mobile_token(code));
    let rest = token.and_then(|token| national.strip_prefix(token));
    let is_number = |rest: &&str| planned(calling_code, rest).is_some_and(|number| judge(&number).is_ok());
    rest.filter(is_number).unwrap_or(national)
}

/// Whether the national number is one at which a call or a text earns somebody money.
pub(super) fn is_premium(calling_code: &str, national: &str) -> bool {
    let kind = planned(calling_code, national).map(|number| PLANS.get_number_type(&number));
    matches!(kind, Some(PhoneNumberType::PremiumRate | PhoneNumberType::SharedCost))
        || ALSO_PREMIUM.iter().any(|(code, begin)| *code == calling_code && national.starts_with(begin))
}

fn planned(calling_code: &str, national: &str) -> Option<Planned> {
    PLANS.parse(["+", calling_code, national].concat(), None).ok()
}

fn e164(number: &Planned) -> String {
    let Line { calling_code, national } = Line::of(number);
    ["+", &calling_code, &national].concat()
}

/// The digits after the plus of a country's numbers.
pub(in crate::contact) fn calling_code(country: &Country) -> String {
    let code = region(country).and_then(|region| PLANS.get_country_code_for_region(region));
    code.map(|code| code.to_string()).unwrap_or_default()
}

/// Whether some country has this calling code.
pub(in crate::contact) fn is_calling_code(digits: &str) -> bool {
    digits.parse().is_ok_and(has_country) && !digits.starts_with(['0', '+'])
}

fn has_country(calling_code: i32) -> bool {
    PLANS.get_region_for_country_code(calling_code).is_some_and(|region| region != Region::World)
}

fn region(country: &Country) -> Option<Region> {
    Region::from_code(country.iso2).ok()
}
