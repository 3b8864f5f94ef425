//! R151 to R158 and T147 to T151: what is accepted as a new password.

use proptest::prelude::*;
use regain_core::account::PersonNames;
use regain_core::password::{
    BannedWords, Blocklists, NewPassword, PasswordProblem, PasswordProfile, Person, judge, normalize,
};
use regain_core::text::folded;

fn parse(password: &str, profile: PasswordProfile) -> Result<NewPassword, Vec<PasswordProblem>> {
    let banned = BannedWords::new::<&str>(&[]);
    let names = PersonNames::default();
    let lists = Blocklists { banned: &banned, is_common: &|_| false };
    NewPassword::parse(password, &profile, &Person { names: &names, organization: "" }, &lists)
}

fn problems(password: &str, profile: PasswordProfile) -> Vec<PasswordProblem> {
    parse(password, profile).err().unwrap_or_default()
}

/// Different characters, so that only the length is judged.
fn of_length(chars: usize) -> String {
    (0..).map(|n| char::from_u32(0x4E00 + n * 7).unwrap_or('x')).take(chars).collect()
}

#[test]
fn t147_nist_length_edges_in_code_points() {
    let nist = PasswordProfile::nist();
    assert_eq!(problems(&of_length(14), nist), [PasswordProblem::TooShort { min: 15 }]);
    for accepted in [15, 64, 256] {
        assert_eq!(problems(&of_length(accepted), nist), [], "{accepted}");
    }
    assert_eq!(problems(&of_length(257), nist), [PasswordProblem::TooLong { max: 256 }]);
}

#[test]
fn t147_too_many_bytes_are_refused_not_cut() {
    let nist = PasswordProfile::nist();
    let emoji = "\u{1F600}".repeat(256);
    assert_eq!(emoji.len(), 1024);
    assert_eq!(problems(&emoji, nist), []);
    let one_byte_more = format!("{}a", "\u{1F600}".repeat(255) + "éa");
    assert!(
        one_byte_more.len() <= 1024
            && problems(&one_byte_more, nist).contains(&PasswordProblem::TooLong { max: 256 })
    );
    assert_eq!(problems(&format!("{emoji}a"), nist), [PasswordProblem::TooLong { max: 256 }]);
}

#[test]
fn the_minimum_is_8_where_sign_in_demands_a_second_factor() {
    let profile = PasswordProfile::nist_with_second_factor();
    assert_eq!(problems("vkq7-zpx", profile), []);
    assert_eq!(problems("vkq7-zp", profile), [PasswordProblem::TooShort { min: 8 }]);
}

#[test]
fn t149_spellings_of_one_text_are_one_password() {
    let composed = parse("caf\u{E9} au lait, s'il vous pla\u{EE}t", PasswordProfile::nist()).unwrap();
    let decomposed = "cafe\u{301} au lait, s'il vous plai\u{302}t";
    assert_eq!(composed.normalized(), &normalize(decomposed));
    assert!(parse(decomposed, PasswordProfile::nist()).unwrap().differs());
}

#[test]
fn t149_blanks_at_the_ends_are_kept() {
    let password = parse("  vkq7 zpx9 wmt4  ", PasswordProfile::nist()).unwrap();
    assert_eq!(password.normalized().expose(), "  vkq7 zpx9 wmt4  ");
    assert_eq!(password.as_typed().expose(), "  vkq7 zpx9 wmt4  ");
}

#[test]
fn t149_nul_and_controls_are_refused() {
    for control in ['\0', '\t', '\n', '\u{7F}', '\u{85}'] {
        let password = format!("vkq7 zpx9 wmt4{control}b");
        assert_eq!(problems(&password, PasswordProfile::nist()), [PasswordProblem::ControlCharacter]);
    }
}

#[test]
fn t151_nist_has_no_composition_rule() {
    for password in ["qjvmzkxwtbfpgdn", "春眠不覚暁処処聞啼鳥夜来風雨声", "               vxq"]
    {
        assert_eq!(problems(password, PasswordProfile::nist()), [], "{password}");
    }
}

#[test]
fn r152_entra_takes_8_to_256_characters() {
    let entra = PasswordProfile::entra();
    assert_eq!(problems("vkQ7-zp", entra), [PasswordProblem::TooShort { min: 8 }]);
    assert_eq!(problems("vkQ7-zpx", entra), []);
    let long: String = "vkQ7-zpx".repeat(32);
    assert_eq!(problems(&long, entra), []);
    assert_eq!(problems(&(long + "a"), entra), [PasswordProblem::TooLong { max: 256 }]);
}

#[test]
fn r153_entra_wants_three_of_four_classes() {
    let refused = [PasswordProblem::TooFewClasses { min: 3 }];
    for (password, expected) in [
        ("vkqjzpxw", &refused[..]),
        ("vkqjzpx7", &refused),
        ("vkq7zpx-", &[]),
        ("vkQ7zpxw", &[]),
        ("vkQ zpxw", &[]),
        ("VKQ7ZPX-", &[]),
    ] {
        assert_eq!(problems(password, PasswordProfile::entra()), expected, "{password}");
    }
}

#[test]
fn r154_entra_refuses_unicode_and_takes_every_listed_symbol() {
    let entra = PasswordProfile::entra();
    assert_eq!(problems("vkQ7-zpxé", entra), [PasswordProblem::NotAscii]);
    assert!(
        problems("ｖｋＱ７－ｚｐｘ", entra).contains(&PasswordProblem::NotAscii),
        "full width is not ASCII"
    );
    for symbol in "@#$%^&*-_!+=[]{}|\\:',.?/`~\"();<> ".chars() {
        assert_eq!(problems(&format!("vkQj{symbol}zpxw"), entra), [], "{symbol:?}");
    }
}

#[test]
fn t143_hostile_texts_are_judged_quickly() {
    let texts = ["a\u{301}".repeat(300), "\u{FDFA}".repeat(300), "ab".repeat(512), "a".repeat(1_000_000)];
    for text in texts {
        let _ = problems(&text, PasswordProfile::nist());
    }
}

#[test]
fn debug_output_never_shows_a_password() {
    let password = parse("vkq7 zpx9 wmt4 ", PasswordProfile::nist()).unwrap();
    assert!(!format!("{password:?}").contains("vkq7"));
}

#[test]
fn a_profile_can_be_tuned_from_8_to_64() {
    let with_min = |min| PasswordProfile { min, ..PasswordProfile::nist() };
    for (min, accepted) in [(7, false), (8, true), (64, true), (65, false)] {
        assert_eq!(with_min(min).problems().is_empty(), accepted, "{min}");
    }
}

fn any_password() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{0,40}", "\\PC{0,40}", "[a-z]{3,8}[0-9]{0,4}[!?]?", "([a-z]{3,6} ){3,6}[a-z]{3,6}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// What the browser's part finds is exactly what the server finds before lists and names.
    #[test]
    fn browser_and_server_name_the_same_broken_rules(password in any_password(), entra: bool) {
        let profile = if entra { PasswordProfile::entra() } else { PasswordProfile::nist() };
        let in_browser = judge(&password, normalize(&password).expose(), &folded(&password), &profile, &[]).problems;
        let mut on_server = problems(&password, profile);
        on_server.retain(|problem| !problem.is_fuzzy());
        prop_assert_eq!(in_browser, on_server);
    }

    #[test]
    fn nothing_is_ever_cut_off(password in any_password()) {
        if let Ok(accepted) = parse(&password, PasswordProfile::nist()) {
            prop_assert_eq!(accepted.as_typed().expose(), password.as_str());
            prop_assert_eq!(accepted.normalized(), &normalize(&password));
        }
    }
}
