//! E-mail addresses (T126), phone numbers (R97, R98, R136, R137) and countries.

use proptest::prelude::*;
use regain_core::contact::{Country, EmailAddress, EmailProblem, PhoneNumber, PhoneProblem, country, phone};
use std::collections::BTreeSet;

#[test]
fn t126_an_address_is_exactly_one_recipient() {
    for accepted in
        ["a@mail.example", "first.last+tag@sub.mail.example", "o'neil@mail.example", "ünal@bücher.example"]
    {
        assert_eq!(
            EmailAddress::parse(accepted).map(|address| address.as_str().to_owned()),
            Ok(accepted.to_owned())
        );
    }
    for refused in [
        "a@x.example\r\nRCPT TO:<b@x.example>",
        "\"a b\"@x.example",
        "a@x.example,b@x.example",
        "a@x.example;b@x.example",
        "a@b@x.example",
        "A <a@x.example>",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@localhost",
        "a@x..example",
        "a@-x.example",
        ".a@x.example",
        "a.@x.example",
        "a..b@x.example",
        "a b@x.example",
        "a\0@x.example",
        "a@x.example\u{200B}",
        "ａ@x.example",
        "@x.example",
        "a@",
        "plain",
    ] {
        assert_eq!(EmailAddress::parse(refused), Err(EmailProblem::Malformed), "{refused:?}");
    }
    assert_eq!(EmailAddress::parse("  "), Err(EmailProblem::Empty));
    assert_eq!(EmailAddress::parse(&format!("{}@x.example", "l".repeat(400))), Err(EmailProblem::TooLong));
    assert!(EmailAddress::parse(&format!("{}@x.example", "l".repeat(64))).is_ok());
    let long = format!("a@{}example", "dddddddd.".repeat(28));
    assert_eq!(EmailAddress::parse(&long), Err(EmailProblem::TooLong));
}

#[test]
fn an_address_is_masked_to_its_first_letters() {
    let masked = |text: &str| EmailAddress::parse(text).map(|address| address.masked());
    assert_eq!(masked("jane.doe@mail.example"), Ok("j•••@m•••.example".to_owned()));
    assert_eq!(masked("a@b.mail.example"), Ok("a•••@b•••.example".to_owned()));
}

#[test]
fn an_address_has_one_key_for_all_cases() {
    let address = EmailAddress::parse("Jane@Mail.Example").unwrap();
    assert_eq!(address.as_str(), "Jane@Mail.Example");
    assert_eq!(address.key(), "jane@mail.example");
    assert_eq!(address.domain(), "mail.example");
}

/// Zeros of scripts whose digits people type.
const ZEROS: &[char] = &['0', '٠', '۰', '०', '০', '๐', '０'];

#[test]
fn a_domain_typed_as_letters_or_as_a_labels_is_one_address() {
    for (letters, labels) in [
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
        ("ana@BÜCHER.example", "ana@XN--BCHER-KVA.example"),
        ("ana@bu\u{308}cher.example", "ana@xn--bcher-kva.example"),
        ("ana@straße.example", "ana@xn--strae-oqa.example"),
        ("ana@उदाहरण.भारत", "ana@xn--p1b6ci4b4b3a.xn--h2brj9c"),
        ("ana@例え。テスト", "ana@xn--r8jz45g.xn--zckzah"),
        ("ana@مثال.إختبار", "ana@xn--mgbh0fb.xn--kgbechtv"),
        ("ana@нау-ка.рф", "ana@xn----7sbb3bm1b.xn--p1ai"),
    ] {
        let (one, other) = (EmailAddress::parse(letters), EmailAddress::parse(labels));
        let (one, other) =
            (one.expect(letters), other.unwrap_or_else(|problem| panic!("{labels}: {problem:?}")));
        assert_eq!(one, other, "{letters}");
        assert_eq!(one.key(), other.key());
        assert!(one.domain().is_ascii() && one.domain().starts_with("xn--"), "{}", one.domain());
        assert!(!one.as_str().contains("xn--"), "{one}");
    }
}

#[test]
fn addresses_of_every_script_are_taken_and_hidden_characters_are_not() {
    for accepted in [
        "उपयोगकर्ता@उदाहरण.भारत",
        "हिन्दी.नाम+tag@mail.example",
        "user\u{915}\u{94D}\u{200D}\u{937}@mail.example",
        "ශ්\u{200D}රී@mail.example",
        "ผู้ใช้@mail.example",
        "用户@例子.广告",
        "ユーザー@例え.テスト",
        "사용자@예제.테스트",
        "θσερ@mail.example",
        "משתמש@mail.example",
        "ناصر@مثال.إختبار",
        "ana@ab--cd.example",
        "a_b@x1.example",
    ] {
        assert!(EmailAddress::parse(accepted).is_ok(), "{accepted}");
    }
    for refused in [
        "a\u{200D}na@mail.example",
        "a\u{200C}na@mail.example",
        "\u{94D}ana@mail.example",
        "an\u{AD}a@mail.example",
        "an\u{FE0F}a@mail.example",
        "an\u{34F}a@mail.example",
        "ana@ma\u{AD}il.example",
        "ana@ma\u{200B}il.example",
        "ana@ma\u{200D}il.example",
        "ana@xn--a.example",
        "ana@xn--\u{FC}.example",
        "ana@ma_il.example",
        "ana@mail.example.",
        "ana@ｍail.example",
        "ana@mail\u{2028}.example",
    ] {
        assert_eq!(EmailAddress::parse(refused), Err(EmailProblem::Malformed), "{refused:?}");
    }
    // What leaves has to fit, too: A-labels are longer than letters.
    let long = format!("{}@{}example", "a".repeat(64), "ä1234567890123456789.".repeat(8));
    assert_eq!(EmailAddress::parse(&long), Err(EmailProblem::TooLong));
}

fn latvia() -> Option<&'static Country> {
    Country::by_iso2("lv")
}

#[test]
fn one_number_in_every_spelling() {
    let expected = PhoneNumber::parse("+37120000123", None).unwrap();
    assert_eq!(expected.e164(), "+37120000123");
    assert_eq!(expected.display(), "+371 20000123");
    for spelling in [
        "+371 20 000 123",
        "00371 20-000-123",
        "＋３７１ ２０００ ０１２３",
        "+371(20)000.123",
        " +371/20000123 ",
    ] {
        assert_eq!(PhoneNumber::parse(spelling, None).as_ref(), Ok(&expected), "{spelling}");
        assert_eq!(
            PhoneNumber::parse(spelling, Country::by_iso2("US")).as_ref(),
            Ok(&expected),
            "{spelling}"
        );
    }
    for national in ["20000123", "20 00 01 23", "٢٠٠٠٠١٢٣"] {
        assert_eq!(PhoneNumber::parse(national, latvia()).as_ref(), Ok(&expected), "{national}");
        assert_eq!(PhoneNumber::parse(national, None), Err(PhoneProblem::CountryMissing));
    }
}

#[test]
fn trunk_prefixes_are_left_out() {
    for (country, national, international) in [
        ("GB", "07700 900123", "+447700900123"),
        ("US", "(425) 555-0123", "+14255550123"),
        ("US", "1-425-555-0123", "+14255550123"),
        ("HU", "06 30 123 4567", "+36301234567"),
        ("RU", "8 (912) 345-67-89", "+79123456789"),
        ("IT", "06 1234 5678", "+390612345678"),
        ("DE", "0171 2345678", "+491712345678"),
        ("AR", "011 15 2345-6789", "+5491123456789"),
        ("AR", "11 2345-6789", "+541123456789"),
        ("MX", "55 1234 5678", "+525512345678"),
        ("MX", "044 55 1234 5678", "+525512345678"),
        ("MX", "01 55 1234 5678", "+525512345678"),
        ("BR", "0 15 11 98765-4321", "+5511987654321"),
        ("CI", "07 07 07 07 07", "+2250707070707"),
    ] {
        let number = PhoneNumber::parse(national, Country::by_iso2(country));
        assert_eq!(number.map(|number| number.e164()), Ok(international.to_owned()), "{country} {national}");
    }
}

#[test]
fn a_trunk_zero_behind_the_country_code_is_dropped_where_the_country_drops_it() {
    for (typed, dialled) in [
        ("+44 (0)7700 900123", "+447700900123"),
        ("+44 07700 900123", "+447700900123"),
        ("0044 (0)20 7946 0123", "+442079460123"),
        ("+49 0176 12345678", "+4917612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("+48 (0) 22 512 3456", "+48225123456"),
        ("+7 8 912 345-67-89", "+79123456789"),
        ("+39 06 1234 5678", "+390612345678"),
        ("+39 (0)6 1234 5678", "+390612345678"),
        ("+378 0549 886377", "+3780549886377"),
        ("+225 07 07 07 07 07", "+2250707070707"),
    ] {
        assert_eq!(PhoneNumber::parse(typed, None).map(|n| n.e164()), Ok(dialled.to_owned()), "{typed}");
        let national = dialled[1..].to_owned();
        assert_eq!(
            PhoneNumber::parse(&["00", &national].concat(), None).map(|n| n.e164()),
            Ok(dialled.to_owned())
        );
    }
}

#[test]
fn a_country_code_that_was_typed_though_the_country_was_chosen_is_not_doubled() {
    for (country, typed, dialled) in [
        ("LV", "37120000001", "+37120000001"),
        ("LV", "371 20 000 001", "+37120000001"),
        ("DE", "49 176 12345678", "+4917612345678"),
        ("AT", "43 664 123456", "+43664123456"),
        ("IT", "39 312 345 6789", "+393123456789"),
        // A number of its own, though it begins with the country's code.
        ("IT", "391 234 5678", "+393912345678"),
        ("GB", "447700900123", "+447700900123"),
        ("LT", "370 612 34567", "+37061234567"),
        ("RU", "79123456789", "+79123456789"),
    ] {
        let number = PhoneNumber::parse(typed, Country::by_iso2(country));
        assert_eq!(number.map(|number| number.e164()), Ok(dialled.to_owned()), "{country} {typed}");
    }
}

#[test]
fn what_phones_and_documents_put_around_a_number_is_taken() {
    let expected = PhoneNumber::parse("+37120000001", None);
    for typed in [
        "\u{202A}+371 20 000 001\u{202C}",
        "\u{2066}+37120000001\u{2069}",
        "\u{200E}+371\u{200F} 20000001\u{61C}",
        "\u{FEFF}+371\u{2060}20000001",
        "+371\u{A0}20\u{202F}000\u{2009}001",
        "(+371) 20000001",
        "[+371] 20000001",
        "<+37120000001>",
        "tel:+371-20-000-001",
        "TEL: +371 20000001",
        "<tel:+37120000001>",
        "（＋３７１）２０００－０００１",
        "+٣٧١ ٢٠ ٠٠٠ ٠٠١",
        "+३७१ २०००० ००१",
        "+๓๗๑ ๒๐๐๐๐๐๐๑",
        "٠٠٣٧١٢٠٠٠٠٠٠١",
        "+371\u{2011}20\u{2013}000\u{2212}001",
    ] {
        assert_eq!(PhoneNumber::parse(typed, None), expected, "{typed:?}");
        assert_eq!(PhoneNumber::parse(typed, latvia()), expected, "{typed:?}");
    }
    for typed in
        ["fax:+37120000001", "+371 20000001 or +371 20000002", "+37120000001;20000002", "a+37120000001"]
    {
        assert_eq!(PhoneNumber::parse(typed, None), Err(PhoneProblem::Malformed), "{typed}");
    }
}

#[test]
fn old_mobile_digits_are_the_same_line() {
    for (old, new) in [
        ("+52 1 55 1234 5678", "+52 55 1234 5678"),
        ("+54 9 11 2345-6789", "+54 11 2345-6789"),
        ("+54 11 15 2345-6789", "+54 9 11 2345-6789"),
        ("+54 9 351 234-5678", "+54 351 15 234-5678"),
    ] {
        let line = |text: &str| PhoneNumber::parse(text, None).unwrap().line();
        assert_eq!(line(old), line(new), "{old}");
        assert_eq!(PhoneNumber::parse(old, None), PhoneNumber::parse(new, None));
    }
    let dialled = |text: &str| PhoneNumber::parse(text, None).map(|number| number.e164());
    assert_eq!(dialled("+52 1 55 1234 5678"), Ok("+525512345678".to_owned()), "Mexico gave the digit up");
    assert_eq!(dialled("+54 9 11 2345-6789"), Ok("+5491123456789".to_owned()), "Argentina's mobiles need it");
    assert_eq!(
        dialled("+54 11 2345-6789"),
        Ok("+541123456789".to_owned()),
        "Argentina's fixed lines have none"
    );
    assert_ne!(
        PhoneNumber::parse("+54 9 11 2345-6789", None),
        PhoneNumber::parse("+54 9 11 2345-6780", None)
    );
}

#[test]
fn numbers_that_were_stored_before_are_the_same_lines() {
    for (stored, dialled) in [
        ("+4407700900123", "+447700900123"),
        ("+5215512345678", "+525512345678"),
        ("+5491123456789", "+5491123456789"),
        ("+390612345678", "+390612345678"),
        ("no number", "no number"),
    ] {
        assert_eq!(phone::dialled(stored), dialled);
        assert_eq!(phone::line_of(stored), phone::line_of(dialled));
    }
}

#[test]
fn what_is_no_number_is_refused() {
    for (text, problem) in [
        ("", PhoneProblem::Empty),
        ("+", PhoneProblem::Empty),
        ("+371 2000012a", PhoneProblem::Malformed),
        ("+371 2000 0123, +371 2000 0124", PhoneProblem::Malformed),
        ("++37120000123", PhoneProblem::Malformed),
        ("+999 20000123", PhoneProblem::CountryUnknown),
        ("+88116123456", PhoneProblem::CountryUnknown),
        ("+371 20", PhoneProblem::TooShort),
        ("+1 425555012", PhoneProblem::TooShort),
        ("+1 42555501234", PhoneProblem::TooLong),
        ("+371 2000012345678", PhoneProblem::TooLong),
        ("00", PhoneProblem::CountryUnknown),
        ("+47 412 3456", PhoneProblem::WrongLength),
        ("+49 30 1", PhoneProblem::TooShort),
        ("+979 123 456 789", PhoneProblem::CountryUnknown),
        ("+800 1234 5678", PhoneProblem::CountryUnknown),
    ] {
        assert_eq!(PhoneNumber::parse(text, latvia()), Err(problem), "{text}");
    }
    assert!(PhoneNumber::parse(&"+371 2000".repeat(10_000), None).is_err());
}

#[test]
fn r97_a_stored_number_needs_its_space() {
    assert_eq!(PhoneNumber::parse_stored("+1 4255550123").map(|n| n.e164()), Ok("+14255550123".to_owned()));
    assert_eq!(
        PhoneNumber::parse_stored("+371 2000 0123").map(|n| n.display()),
        Ok("+371 20000123".to_owned())
    );
    for malformed in
        ["", "4255550123", "+14255550123", "1 4255550123", "+14 255550123", "+ 14255550123", "+1 425"]
    {
        assert!(PhoneNumber::parse_stored(malformed).is_err(), "{malformed}");
    }
}

#[test]
fn r98_extensions_are_dropped() {
    let expected = PhoneNumber::parse("+14255550123", None).unwrap();
    for text in ["+1 4255550123x123", "+1 4255550123 ext. 123", "+1 4255550123;ext=123", "+1 4255550123 X 9"]
    {
        assert_eq!(PhoneNumber::parse(text, None).as_ref(), Ok(&expected), "{text}");
        assert_eq!(PhoneNumber::parse_stored(text).as_ref(), Ok(&expected), "{text}");
    }
    assert!(PhoneNumber::parse("+1 4255550123 example", None).is_err());
    assert!(PhoneNumber::parse("x123", None).is_err());
}

#[test]
fn an_extension_is_kept_beside_the_line_and_reads_back() {
    for (text, extension) in [
        ("+1 4255550123 x123", Some("123")),
        ("+1 4255550123x123", Some("123")),
        ("+1 425 555 0123 Ext. 007", Some("007")),
        ("+1 425 555 0123 (extension 9)", Some("9")),
        ("+1 425 555 0123 #45", Some("45")),
        ("tel:+1-425-555-0123;ext=123", Some("123")),
        ("+1 4255550123 x١٢٣", Some("123")),
        ("+1 4255550123", None),
    ] {
        let number = PhoneNumber::parse(text, None).unwrap();
        assert_eq!(number.extension(), extension, "{text}");
        assert_eq!(number.e164(), "+14255550123");
        let stored = PhoneNumber::parse_stored(&number.display()).unwrap();
        assert_eq!(stored.extension(), extension, "{text}");
        assert_eq!(stored.without_extension().display(), "+1 4255550123");
    }
    for malformed in ["+1 4255550123 x12345678901", "+1 4255550123 x12a", "+1 4255550123 y12"] {
        assert_eq!(PhoneNumber::parse(malformed, None), Err(PhoneProblem::Malformed), "{malformed}");
    }
    assert_eq!(PhoneNumber::parse_extension(" १२३ "), Ok("123".to_owned()));
    for malformed in ["", "12345678901", "12a", "+1"] {
        assert!(PhoneNumber::parse_extension(malformed).is_err(), "{malformed}");
    }
}

#[test]
fn the_page_after_a_number_repeats_it() {
    let repeated = |text: &str, country| PhoneNumber::parse(text, country).unwrap().repeated(text);
    assert_eq!(repeated("+371 20000001", None), "+371 20000001");
    assert_eq!(repeated(" +37120000001", None), "+37120000001");
    assert_eq!(repeated("\u{200E}00371 20 000 001", None), "00371 20 000 001 (+371 20000001)");
    assert_eq!(repeated("20 000 001", latvia()), "20 000 001 (+371 20000001)");
}

#[test]
fn r137_at_most_two_digits_are_shown() {
    let shown = |text: &str| {
        let masked = PhoneNumber::parse(text, None).unwrap().masked();
        masked.chars().filter(char::is_ascii_digit).collect::<String>()
    };
    assert_eq!(shown("+371 20000123"), "23");
    let length = |text: &str| PhoneNumber::parse(text, None).unwrap().masked().chars().count();
    assert_eq!(length("+371 20000123"), length("+49 171 23456789"), "the length tells nothing");
}

#[test]
fn calling_codes_are_prefix_free_so_that_each_number_has_one() {
    let codes: BTreeSet<_> = country::ALL.iter().map(Country::calling_code).collect();
    for code in &codes {
        assert!(country::is_calling_code(code));
        assert!(!codes.iter().any(|other| other != code && other.starts_with(code)), "{code}");
        assert!(code.len() <= 3 && code.bytes().all(|byte| byte.is_ascii_digit()));
    }
}

#[test]
fn countries_are_listed_once_and_found_by_their_code() {
    let codes: BTreeSet<_> = country::ALL.iter().map(|country| country.iso2).collect();
    assert_eq!(codes.len(), country::ALL.len());
    assert!(country::ALL.len() > 230);
    assert_eq!(latvia().map(Country::calling_code), Some("371".to_owned()));
    assert_eq!(Country::by_iso2("XX"), None);
    for code in ["", "0", "999", "881", "979", "+371", "3710"] {
        assert!(!country::is_calling_code(code), "{code}");
    }
}

proptest! {
    #[test]
    fn what_is_shown_reads_back_as_the_same_number(
        index in 0..country::ALL.len(), national in "[2-9][0-9]{7,9}",
    ) {
        let chosen = &country::ALL[index];
        // What calls abroad from some countries.
        prop_assume!(!national.starts_with("810"));
        if let Ok(number) = PhoneNumber::parse(&national, Some(chosen)) {
            prop_assert_eq!(number.calling_code(), chosen.calling_code());
            prop_assert_eq!(&PhoneNumber::parse_stored(&number.display()), &Ok(number.clone()));
            prop_assert_eq!(&PhoneNumber::parse(&number.e164(), None), &Ok(number.clone()));
            prop_assert_eq!(phone::dialled(&number.e164()), number.e164(), "what is stored stays as it is");
            prop_assert_eq!(phone::line_of(&number.line()), number.line());
        }
    }

    #[test]
    fn a_number_is_the_same_in_every_script_and_spelling(
        index in 0..country::ALL.len(), national in "[0-9]{4,12}", zero in proptest::sample::select(ZEROS),
        gap in proptest::sample::select(vec!["", " ", "-", ".", "/", "\u{200F}", "\u{A0}", ") "]),
        before in proptest::sample::select(vec!["", "tel:", "(", "\u{202D}"]),
    ) {
        let typed = ["+", &country::ALL[index].calling_code(), &national].concat();
        let written: String = typed
            .chars()
            .map(|c| c.to_digit(10).map_or(c, |digit| char::from_u32(u32::from(zero) + digit).unwrap()))
            .flat_map(|c| [c.to_string(), if c == '+' { String::new() } else { gap.to_owned() }])
            .collect();
        prop_assume!(written.chars().count() + before.len() <= 64);
        let number = PhoneNumber::parse(&typed, None);
        prop_assert_eq!(PhoneNumber::parse(&[before, &written].concat(), None), number.clone());
        let abroad = ["00", &written[written.chars().next().map_or(0, char::len_utf8)..]].concat();
        prop_assert_eq!(PhoneNumber::parse(&abroad, latvia()), number);
    }

    #[test]
    fn an_address_is_one_whichever_way_it_is_typed(
        local in "[a-zäö漢字हिनदी][a-zäö.漢字हिनदीी्]{0,10}",
        domain in "[a-zäöüß漢字あгд]{1,8}(\\.[a-zäöü漢字あгд]{2,6}){1,2}",
    ) {
        if let Ok(address) = EmailAddress::parse(&format!("{local}@{domain}")) {
            for typed in [format!("{}@{}", address.local(), address.domain()), address.as_str().to_owned()] {
                let again = EmailAddress::parse(&typed).map_err(|_| TestCaseError::fail(typed.clone()))?;
                prop_assert_eq!(again.key(), address.key());
                prop_assert_eq!(again.domain(), address.domain());
                prop_assert_eq!(EmailAddress::key_of(&typed), address.key());
            }
        }
    }

    #[test]
    fn no_text_upsets_the_parsers(text in "\\PC{0,100}") {
        let _ = PhoneNumber::parse(&text, latvia());
        let _ = PhoneNumber::parse_stored(&text);
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert!(!address.as_str().chars().any(|c| c.is_whitespace() || c.is_control()));
            prop_assert_eq!(address.as_str().matches('@').count(), 1);
            prop_assert!(address.domain().is_ascii());
            // Read again, and with its domain as it is sent, it is the same address.
            prop_assert_eq!(&EmailAddress::parse(address.as_str()), &Ok(address.clone()));
            let sent = format!("{}@{}", address.local(), address.domain());
            prop_assert_eq!(EmailAddress::parse(&sent).map(|sent| sent.key()), Ok(address.key()));
        }
    }
}

#[test]
fn t62_premium_rate_ranges_are_told_from_ordinary_numbers() {
    let is_premium = |text: &str| PhoneNumber::parse(text, None).unwrap().is_premium();
    for text in [
        "+1 9005550123",
        "+44 9098790000",
        "+44 8711234567",
        "+49 9001234567",
        "+33 891234567",
        "+371 90000001",
        "+39 899123456",
        "+34 803123456",
        "+34 907123456",
        "+31 9061234567",
        "+43 930123456",
        "+41 901123456",
        "+61 1900123456",
        "+81 990123456",
        "+353 1520123456",
        "+91 1861123456789",
    ] {
        assert!(is_premium(text), "{text}");
    }
    for text in [
        "+1 4255550123",
        "+44 7911123456",
        "+44 2079460000",
        "+49 15112345678",
        "+33 612345678",
        "+371 20000001",
        "+39 3123456789",
        "+34 612345678",
        "+31 612345678",
        "+43 664123456",
        "+41 781234567",
        "+61 412345678",
        "+81 9012345678",
        "+353 15123456",
        "+353 851234567",
        "+91 8612345678",
        "+64 93001234",
    ] {
        assert!(!is_premium(text), "{text}");
    }
}
