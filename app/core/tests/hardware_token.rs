//! Rows of the file that came with hardware tokens.

use proptest::prelude::*;
use regain_core::hardware_token::{Pace, TokenDetails, TypedToken};
use regain_core::secret::Secret;
use regain_core::time::Duration;

/// RFC 4648's alphabet, written the other way round than the code under test reads it.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

fn base32(bytes: &[u8]) -> String {
    let bits: Vec<u8> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1)).collect();
    let symbol = |chunk: &[u8]| {
        let value = (0..5).fold(0, |value, bit| value << 1 | chunk.get(bit).copied().unwrap_or(0));
        char::from(ALPHABET[usize::from(value)])
    };
    bits.chunks(5).map(symbol).collect()
}

fn parse(serial: &str, secret: &str, interval: &str) -> Result<TokenDetails, String> {
    let secret = Secret::from(secret);
    let typed =
        TypedToken { serial, secret: &secret, interval, manufacturer: "Contoso", model: "HardwareKey" };
    typed.parse().map_err(|problem| problem.code)
}

#[test]
fn the_row_of_entras_example_is_read() {
    let token = parse("1234567", "2234567abcdef2234567abcdef", "60").unwrap();
    assert_eq!((token.serial.as_str(), token.period, token.seed.expose().len()), ("1234567", 60, 16));
    assert_eq!(token.seed.expose()[..5], [0xD6, 0xB7, 0xCE, 0xFB, 0xE0]);
}

#[test]
fn what_is_wrong_with_a_row_is_said() {
    let good = "A".repeat(26);
    for (serial, secret, interval, problem) in [
        ("", good.as_str(), "30", "token-serial-empty"),
        (" \t", &good, "30", "token-serial-empty"),
        (&"9".repeat(65), &good, "30", "token-name-too-long"),
        ("a\u{200b}b", &good, "30", "token-name-invisible"),
        ("1", "", "30", "token-secret-too-short"),
        ("1", &"A".repeat(25), "30", "token-secret-too-short"),
        ("1", &"A".repeat(129), "30", "token-secret-too-long"),
        ("1", "AAAA1AAAAAAAAAAAAAAAAAAAAAAAAAAG", "30", "token-secret-malformed"),
        ("1", "AAAA=AAAAAAAAAAAAAAAAAAAAAAAAAAA", "30", "token-secret-malformed"),
        ("1", "ÄAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "30", "token-secret-malformed"),
        ("1.23E+08", &good, "30", "token-spreadsheet"),
        ("1,23e+8", &good, "30", "token-spreadsheet"),
        ("1", "3.13233E+39", "30", "token-spreadsheet"),
        ("1", &"1".repeat(39), "30", "token-secret-odd"),
        ("1", "0123456789abcdef", "30", "token-secret-too-short"),
        ("1", &good, "", "token-interval"),
        ("1", &good, "45", "token-interval"),
        ("1", &good, "60s", "token-interval"),
    ] {
        assert_eq!(
            parse(serial, secret, interval).err().as_deref(),
            Some(problem),
            "{serial} {secret} {interval}"
        );
    }
    assert_eq!(parse("1", &"A".repeat(128), " 30 ").unwrap().seed.expose().len(), 80);
}

#[test]
fn hexadecimal_is_read_too_and_a_serial_number_may_have_an_e() {
    let token = parse("12E5", "3132333435 36373839-30 3132333435363738 3930", "30").unwrap();
    assert_eq!((token.serial.as_str(), token.seed.expose()), ("12E5", &b"12345678901234567890"[..]));
}

#[test]
fn spellings_of_one_serial_number_share_a_key() {
    let good = "A".repeat(32);
    let key = |serial| parse(serial, &good, "30").unwrap().serial_key;
    assert_eq!(key(" AB-12 "), key("ab-12"));
    assert_ne!(key("ab-12"), key("ab-13"));
}

#[test]
fn a_problem_never_holds_the_secret() {
    let secret = Secret::from("SECRETSECRET!");
    let typed = TypedToken { serial: "1", secret: &secret, interval: "30", manufacturer: "", model: "" };
    let problem = typed.parse().unwrap_err();
    assert!(!format!("{problem:?}").contains("SECRET"));
}

#[test]
fn a_clock_that_nobody_reads_gets_a_little_more_room_and_not_much() {
    let days = |days: u64| Duration::from_hours(24 * days);
    let window = |idle| Pace::known(60, -2, idle).window;
    assert_eq!([0, 29, 30, 90, 10_000].map(|idle| window(days(idle))), [1, 1, 2, 4, 4]);
    assert_eq!((Pace::unknown(30).window, Pace::unknown(60).window, Pace::APP.window), (10, 5, 1));
}

proptest! {
    #[test]
    fn every_seed_is_read_as_it_was_written(seed in prop::collection::vec(any::<u8>(), 16..=80)) {
        let text = base32(&seed);
        let read = |text: &str| parse("1", text, "30").unwrap().seed.expose().to_vec();
        prop_assert_eq!(read(&text), seed.clone());
        let padded = format!("{text:=<width$}", width = text.len().div_ceil(8) * 8);
        prop_assert_eq!(read(&padded), seed.clone());
        let small = text.to_lowercase();
        let chunks: Vec<&str> = (0..small.len()).step_by(4).map(|at| &small[at..small.len().min(at + 4)]).collect();
        for between in [" ", "-", "\u{2013}"] {
            prop_assert_eq!(read(&chunks.join(between)), seed.clone());
        }
    }

    #[test]
    fn nothing_typed_makes_it_panic(serial in ".{0,80}", secret in ".{0,200}", interval in ".{0,5}") {
        let _ = parse(&serial, &secret, &interval);
    }
}
