//! Countries, as people choose them before a number in national form. What is dialled there is the numbering plans’
//! knowledge.

mod table;

pub use table::ALL;

use super::phone::plan;

/// A country or region with a numbering plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 code of two letters; the form's value.
    pub iso2: &'static str,
    /// Its English name. Other languages look it up by the code.
    pub name: &'static str,
}

impl Country {
    /// The country with this two-letter code, in either case.
    pub fn by_iso2(iso2: &str) -> Option<&'static Country> {
        ALL.iter().find(|country| country.iso2.eq_ignore_ascii_case(iso2))
    }

    /// The digits after the plus; several countries may share them.
    pub fn calling_code(&self) -> String {
        plan::calling_code(self)
    }
}

/// Whether numbers of some country begin with these digits. Satellites and services across countries have none.
pub fn is_calling_code(digits: &str) -> bool {
    plan::is_calling_code(digits)
}
