//! Countries and their calling codes.

mod table;

pub use table::ALL;

/// A country with its numbering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 code of two letters; the form's value.
    pub iso2: &'static str,
    /// Its English name. Other languages look it up by the code.
    pub name: &'static str,
    /// The digits after the plus.
    pub calling_code: &'static str,
    /// What people dial before the number inside the country, and leave out from abroad.
    pub trunk_prefix: &'static str,
}

impl Country {
    /// The country with this two-letter code, in either case.
    pub fn by_iso2(iso2: &str) -> Option<&'static Country> {
        ALL.iter().find(|country| country.iso2.eq_ignore_ascii_case(iso2))
    }
}

/// The calling code with which an international number begins. None is the beginning of another.
pub(super) fn calling_code_of(digits: &str) -> Option<&'static str> {
    ALL.iter().map(|country| country.calling_code).find(|code| digits.starts_with(code))
}

/// The fewest and the most digits of an international number with this code, where its plan fixes them.
pub(super) fn digits_of(calling_code: &str) -> Option<(usize, usize)> {
    // The North American plan and the plan of Russia and Kazakhstan: ten digits after the code.
    matches!(calling_code, "1" | "7").then_some((11, 11))
}
