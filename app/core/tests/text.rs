//! What texts are the same, and what names may hold.

use proptest::prelude::*;
use regain_core::account::{GroupDetails, TypedDetails};
use regain_core::text::{folded, search_key};

#[test]
fn what_keyboards_write_in_several_ways_is_one() {
    for (one, other) in [
        ("O'Brien", "o’brien"),
        ("O`Brien", "O´Brien"),
        ("Oʻahu", "O'ahu"),
        ("“so”", "\"so\""),
        ("«so»", "'so'"),
        ("a–b—c‐d−e", "a-b-c-d-e"),
        ("ISTANBUL", "ıstanbul"),
        ("İstanbul", "istanbul"),
        ("i\u{307}\u{301}", "í"),
        ("STRASSE", "straße"),
        ("ΟΔΟΣ", "οδος"),
        ("می\u{200C}خواهم", "میخواهم"),
        (" a \u{A0} b ", "A B"),
        ("ＡＢＣ", "abc"),
    ] {
        assert_eq!(search_key(one), search_key(other), "{one} {other}");
    }
    for (one, other) in [("ó", "o"), ("а", "a"), ("a b", "ab"), ("1", "l")] {
        assert_ne!(search_key(one), search_key(other), "{one} {other}");
    }
}

#[test]
fn every_character_folds_once() {
    for c in ('\0'..='\u{3FFFF}').chain('\u{E0000}'..='\u{E0FFF}') {
        let once = folded(&c.to_string());
        assert_eq!(folded(&once), once, "{:x}", u32::from(c));
    }
}

#[test]
fn names_are_written_with_joiners_and_hide_nothing() {
    for name in [
        "می\u{200C}خواهم",
        "ශ\u{DCA}\u{200D}රී",
        "\u{1F469}\u{200D}\u{2764}\u{FE0F}\u{200D}\u{1F468}",
        "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
        "葛\u{E0100}城",
    ] {
        let typed = TypedDetails {
            upn: "ana@contoso.example".to_owned(),
            display_name: name.to_owned(),
            surname: name.to_owned(),
            ..TypedDetails::default()
        };
        assert_eq!(typed.parse().map(|details| details.display_name), Ok(name.to_owned()));
        assert!(GroupDetails::parse(name, name).is_ok());
    }
    for hidden in
        ["\u{200D}", "a \u{200C}b", "a\u{200B}b", "a\u{202E}b", "a\u{E0041}", "\u{FEFF}a", "a\u{AD}b", "a\0"]
    {
        assert!(GroupDetails::parse(hidden, "").is_err(), "{hidden:?}");
    }
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
        let once = search_key(&text);
        prop_assert_eq!(search_key(&once), once);
    }
}
