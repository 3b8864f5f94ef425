//! Numbers to carry over, and codes that pair.

use regain_core::authenticator::MatchNumber;
use regain_core::code::PairingCode;
use regain_core::entropy::SeededEntropy;

#[test]
fn a_number_has_two_digits_and_every_one_comes() {
    let entropy = SeededEntropy::new(7);
    let mut seen = [false; 100];
    for _ in 0..5_000 {
        seen[usize::from(MatchNumber::generate(&entropy).get())] = true;
    }
    assert!(seen[..10].iter().all(|seen| !seen));
    assert!(seen[10..].iter().all(|seen| *seen));
}

#[test]
fn a_number_is_read_as_people_type_it() {
    for (text, number) in [("42", 42), (" 4 2 ", 42), ("٤٢", 42), ("४२", 42), ("４２", 42), ("042", 42)]
    {
        assert_eq!(MatchNumber::parse(text).map(MatchNumber::get), Some(number), "{text}");
    }
    for text in ["", "7", "100", "4a", "-42", "4.2", "99999999999999999999"] {
        assert_eq!(MatchNumber::parse(text), None, "{text}");
    }
}

#[test]
fn the_length_of_a_pairing_code_tells_what_it_is() {
    let typed = PairingCode::typed(&[31; 32]).expect("a code");
    assert_eq!(typed.expose(), "ZZZZZZZZ");
    assert_eq!(PairingCode::parse("zzzz-zzzz"), Some(typed));
    assert_eq!(PairingCode::parse("٢३４5-ABCD"), PairingCode::parse("2345-ABCD"));
    let scanned = PairingCode::scanned(&[1; 32]).expect("a code");
    assert_eq!(PairingCode::parse(&"l".repeat(26)), Some(scanned));
    for text in ["", "ZZZZ-ZZZ", "ZZZZ-ZZZZZ", "ZZZZ-ZZZU", &"Z".repeat(27)] {
        assert_eq!(PairingCode::parse(text), None, "{text}");
    }
    assert_eq!(PairingCode::typed(&[0; 7]), None);
}
