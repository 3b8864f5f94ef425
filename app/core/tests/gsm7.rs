//! What a text message takes.

use proptest::prelude::*;
use regain_core::gsm7::{Size, first_foreign, measure, nearest, septets};

fn size(text: &str) -> (bool, usize, usize) {
    let Size { plain, units, segments } = measure(text);
    (plain, units, segments)
}

#[test]
fn the_alphabet_is_the_standards() {
    let basic = (0..=0x10_FFFF).filter_map(char::from_u32).filter(|c| septets(*c) == Some(1)).count();
    let extended = (0..=0x10_FFFF).filter_map(char::from_u32).filter(|c| septets(*c) == Some(2)).count();
    // 128 places, one of which is the escape.
    assert_eq!((basic, extended), (127, 10));
    assert_eq!(septets('`'), None);
    assert_eq!(septets('ç'), None, "only the capital one");
}

#[test]
fn segments_are_counted_as_they_are_paid() {
    assert_eq!(size(&"a".repeat(160)), (true, 160, 1));
    assert_eq!(size(&"a".repeat(161)), (true, 161, 2));
    assert_eq!(size(&"€".repeat(80)), (true, 160, 1));
    // 153 septets a part: the pair of an escaped character does not fit into the last one.
    assert_eq!(size(&"€".repeat(153)), (true, 306, 3));
    assert_eq!(size(&"ż".repeat(70)), (false, 70, 1));
    assert_eq!(size(&"ż".repeat(71)), (false, 71, 2));
    assert_eq!(size(&"😀".repeat(35)), (false, 70, 1));
    assert_eq!(size(&"😀".repeat(67)), (false, 134, 3));
    assert_eq!(size(""), (true, 0, 1));
}

#[test]
fn a_name_is_spelled_with_the_letters_there_are() {
    assert_eq!(nearest("Škoda – “Łódź”"), "Skoda - \"Lódz\"".replace('ó', "o"));
    assert_eq!(nearest("Müller & Söhne"), "Müller & Söhne");
    assert_eq!(nearest("Ельцин"), "Ельцин");
}

proptest! {
    #[test]
    fn a_near_spelling_is_never_farther(text in "\\PC{0,60}") {
        let near = nearest(&text);
        if first_foreign(&text).is_none() {
            prop_assert_eq!(&near, &text);
        }
        prop_assert_eq!(nearest(&near), near);
    }

    #[test]
    fn more_text_takes_no_less(text in "[a-zż€]{0,200}", more in "[a-zż€]{0,20}") {
        let (short, long) = (measure(&text), measure(&format!("{text}{more}")));
        prop_assert!(long.segments >= short.segments);
        prop_assert!(long.segments == 1 || long.units > long.room());
    }
}
