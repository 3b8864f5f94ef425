//! One-time codes (T43, T46), support codes, and the randomness behind them.

use proptest::prelude::*;
use regain_core::code::{CodeLength, CodeProblem, OneTimeCode, SupportCode};
use regain_core::entropy::{Entropy, SeededEntropy, below, pick, shuffle};

#[test]
fn a_code_has_its_length_and_keeps_leading_zeros() {
    let entropy = SeededEntropy::new(1);
    let codes: Vec<_> = (0..2000).map(|_| OneTimeCode::generate(&entropy, CodeLength::Six)).collect();
    assert!(codes.iter().all(|code| code.expose().len() == 6));
    assert!(codes.iter().any(|code| code.expose().starts_with('0')));
    assert_eq!(OneTimeCode::generate(&entropy, CodeLength::Eight).expose().len(), 8);
}

/// Chi-square with 9 degrees of freedom: 27.88 is exceeded once in a thousand.
#[test]
fn t43_every_digit_is_equally_likely_in_every_place() {
    let entropy = SeededEntropy::new(2);
    let mut counts = [[0_u32; 10]; 8];
    for _ in 0..20_000 {
        let code = OneTimeCode::generate(&entropy, CodeLength::Eight);
        for (place, digit) in code.expose().bytes().enumerate() {
            counts[place][usize::from(digit - b'0')] += 1;
        }
    }
    for count in counts {
        let chi_square: f64 = count.iter().map(|n| (f64::from(*n) - 2000.0).powi(2) / 2000.0).sum();
        assert!(chi_square < 27.88, "{chi_square}");
    }
}

#[test]
fn t46_typed_codes_are_evened_out_or_refused() {
    for typed in [
        "012345",
        " 012 345 ",
        "012-345",
        "012\u{2013}345",
        "０１２３４５",
        "٠١٢٣٤٥",
        "۰۱۲۳۴۵",
        "०१२३४५",
        "๐๑๒๓๔๕",
    ] {
        assert_eq!(
            OneTimeCode::parse(typed).map(|code| code.expose().to_owned()),
            Ok("012345".to_owned()),
            "{typed}"
        );
    }
    assert_eq!(
        OneTimeCode::parse("1234 5678").map(|code| code.expose().to_owned()),
        Ok("12345678".to_owned())
    );
    for empty in ["", "   ", "--"] {
        assert_eq!(OneTimeCode::parse(empty), Err(CodeProblem::Empty));
    }
    for refused in
        ["12345", "1234567", "123456789", "12345a", "一二三四五六", "null", "012345\0", "+12345", "½23456"]
    {
        assert_eq!(OneTimeCode::parse(refused), Err(CodeProblem::Malformed), "{refused}");
    }
    assert_eq!(OneTimeCode::parse(&"1".repeat(1_000_000)), Err(CodeProblem::Malformed));
}

#[test]
fn a_code_never_shows_in_debug_output() {
    let code = OneTimeCode::parse("123456").unwrap();
    assert!(!format!("{code:?}").contains("123456"));
}

#[test]
fn a_support_code_is_read_as_people_say_it() {
    let code = SupportCode::parse("0123-ABCD").unwrap();
    for spelling in ["0123abcd", " o123-abcd ", "OI23 ABCD", "ol23-abcd", "०१२३-abcd", "٠١٢٣ ABCD"]
    {
        assert_eq!(SupportCode::parse(spelling).as_ref(), Some(&code), "{spelling}");
    }
    for refused in ["", "0123-ABC", "0123-ABCDE", "0123-ABCU", "0123-ABCÉ"] {
        assert_eq!(SupportCode::parse(refused), None, "{refused}");
    }
}

#[test]
fn nothing_is_drawn_from_nothing() {
    let entropy = SeededEntropy::new(3);
    assert_eq!(below(&entropy, 0), 0);
    assert_eq!(pick::<u8>(&entropy, &[]), None);
}

/// A source that says the largest number first: it must be drawn again, or small numbers were favoured.
struct LargestFirst(std::sync::atomic::AtomicBool);

impl Entropy for LargestFirst {
    fn fill(&self, bytes: &mut [u8]) {
        let first = !self.0.swap(true, std::sync::atomic::Ordering::Relaxed);
        bytes.fill(if first { 0xFF } else { 0x00 });
    }
}

#[test]
fn numbers_of_the_last_incomplete_span_are_drawn_again() {
    let entropy = LargestFirst(false.into());
    assert_eq!(below(&entropy, 10), 0, "0xFFFFFFFF % 10 would be 5");
}

proptest! {
    #[test]
    fn below_is_below(seed: u64, n in 1_u32..) {
        prop_assert!(below(&SeededEntropy::new(seed), n) < n);
    }

    #[test]
    fn shuffling_keeps_every_item(seed: u64, mut items in proptest::collection::vec(0_u8..9, 0..20)) {
        let mut before = items.clone();
        shuffle(&SeededEntropy::new(seed), &mut items);
        before.sort_unstable();
        items.sort_unstable();
        prop_assert_eq!(before, items);
    }

    #[test]
    fn a_support_code_reads_back(seed: u64) {
        let code = SupportCode::generate(&SeededEntropy::new(seed));
        prop_assert_eq!(code.as_str().len(), 9);
        prop_assert_eq!(code.as_str().as_bytes()[4], b'-');
        prop_assert_eq!(SupportCode::parse(&code.as_str().to_lowercase()), Some(code));
    }

    #[test]
    fn a_generated_code_reads_back(seed: u64, eight: bool) {
        let length = if eight { CodeLength::Eight } else { CodeLength::Six };
        let code = OneTimeCode::generate(&SeededEntropy::new(seed), length);
        prop_assert_eq!(OneTimeCode::parse(code.expose()), Ok(code));
    }
}
