//! Decimal digits of every script, because people type those of their keyboard.

/// The zero of each script (Unicode 17, general category `Nd`): the nine others follow it, which Unicode promises never
/// to change. A test compares the list with the tables of a library that follows Unicode.
const ZEROS: [u32; 76] = [
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50,
    0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
    0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40,
    0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA,
    0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11F50, 0x16130, 0x16A60, 0x16AC0,
    0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0,
    0x1E5F1, 0x1E950, 0x1FBF0,
];

/// The ASCII digit that a decimal digit of any script stands for.
pub(crate) fn ascii_digit(c: char) -> Option<char> {
    let c = u32::from(c);
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= c)].last()?;
    char::from_digit(c - zero, 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex_syntax::hir::{Class, HirKind};

    #[test]
    fn every_decimal_digit_of_unicode_is_read_and_nothing_else() {
        let HirKind::Class(Class::Unicode(class)) = regex_syntax::parse(r"\d").unwrap().into_kind() else {
            panic!("a class");
        };
        let is_digit =
            |c: char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&c));
        for c in '\0'..=char::MAX {
            assert_eq!(ascii_digit(c).is_some(), is_digit(c), "{:X}", u32::from(c));
        }
        for (script, zero) in
            [("Arabic", '٠'), ("Persian", '۰'), ("Devanagari", '०'), ("full-width", '０'), ("Thai", '๐')]
        {
            for value in 0..10 {
                let digit = char::from_u32(u32::from(zero) + value).unwrap();
                assert_eq!(ascii_digit(digit), char::from_digit(value, 10), "{script}");
            }
        }
    }
}
