//! Numbers at which a call or a text earns somebody money: nobody's own phone, and what fraud asks for (T62).
//!
//! Ranges whose tariff the national numbering plans call premium, shared revenue or value added: as filed with ITU-T
//! (E.164, "National numbering plans") and as published by the regulators, for instance NANPA (900), Ofcom (09 and
//! 0871 to 0873), Bundesnetzagentur (0900, 0137), Arcep (081, 082, 089), AGCOM (89, 144, 166), ComReg (15xx), ACMA (190),
//! RTR (0900 to 0939), BAKOM (090x) and SPRK (90). Only ranges in which no ordinary phone can have its number. What is
//! billed across countries (+979, satellites) has no country here and is refused for that.

/// Calling code; and what the national number begins with. With question marks it has that many digits more, no others.
const RANGES: &[(&str, &str)] = &[
    ("1", "900"),
    ("7", "803 809"),
    ("20", "900"),
    ("27", "90"),
    ("30", "901 909"),
    ("31", "900 906 909"),
    ("32", "90"),
    ("33", "81 82 89"),
    ("34", "803 806 807 905 907"),
    ("36", "90 91"),
    ("39", "144 166 89"),
    ("40", "900 903 906"),
    ("41", "900 901 906"),
    ("43", "900 901 930 931 939"),
    ("44", "871 872 873 9"),
    ("45", "90"),
    ("46", "900 939 944"),
    ("47", "820 829"),
    ("48", "70"),
    ("49", "137 900"),
    ("51", "805"),
    ("52", "900"),
    ("54", "600 609"),
    ("55", "900"),
    ("57", "901"),
    ("58", "900 901"),
    ("61", "190"),
    ("62", "809"),
    ("64", "900"),
    ("65", "1900"),
    ("66", "1900??????"),
    ("81", "990"),
    ("82", "60"),
    ("84", "1900"),
    ("90", "888 898 900"),
    ("91", "186??????????"),
    ("92", "900"),
    ("212", "89"),
    ("216", "88"),
    ("254", "900"),
    ("255", "90"),
    ("256", "90"),
    ("262", "89"),
    ("351", "601 607 608 646 648 760 761 762"),
    ("352", "900 901 905"),
    ("353", "15????????"),
    ("354", "90"),
    ("355", "900"),
    ("357", "900 909"),
    ("358", "600 700"),
    ("359", "90"),
    ("370", "900 902 903 909"),
    ("371", "90"),
    ("372", "900"),
    ("373", "90"),
    ("374", "900 901 906"),
    ("375", "810 902"),
    ("380", "900"),
    ("381", "900 901 906 909"),
    ("383", "900"),
    ("385", "60 61 64 65 69"),
    ("386", "89 90"),
    ("387", "90"),
    ("389", "500"),
    ("420", "900 906 909 976"),
    ("421", "900 97 98"),
    ("423", "900 901 906"),
    ("506", "900 905"),
    ("590", "81 82 89"),
    ("594", "81 82 89"),
    ("596", "81 82 89"),
    ("598", "90"),
    ("852", "900"),
    ("886", "203 204 209"),
    ("960", "900???????"),
    ("961", "90??????"),
    ("971", "900"),
    ("972", "19"),
    ("973", "90"),
    ("994", "900"),
];

/// Whether a national number lies in such a range of its calling code.
pub(super) fn is_premium(calling_code: &str, national: &str) -> bool {
    RANGES
        .iter()
        .filter(|(code, _)| *code == calling_code)
        .flat_map(|(_, ranges)| ranges.split(' '))
        .any(|range| lies_in(national, range))
}

fn lies_in(national: &str, range: &str) -> bool {
    let begin = range.trim_end_matches('?');
    national.starts_with(begin) && (begin.len() == range.len() || national.len() == range.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::country;

    #[test]
    fn t62_every_range_belongs_to_a_country_and_says_something() {
        for (index, (code, ranges)) in RANGES.iter().enumerate() {
            assert!(country::ALL.iter().any(|country| country.calling_code == *code), "{code}");
            assert!(RANGES[..index].iter().all(|(other, _)| other != code), "{code} is there twice");
            for range in ranges.split(' ') {
                let begin = range.trim_end_matches('?');
                assert!(
                    !begin.is_empty() && begin.bytes().all(|byte| byte.is_ascii_digit()),
                    "{code} {range}"
                );
            }
        }
    }
}
