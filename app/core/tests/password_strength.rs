//! The meter: levels and reasons, and the passphrases that it must call strong.

use proptest::prelude::*;
use regain_core::account::PersonNames;
use regain_core::entropy::SeededEntropy;
use regain_core::password::passphrase::{suggest, words};
use regain_core::password::{
    BannedWords, Blocklists, Level, NewPassword, PasswordProfile, Person, Reason, Strength, judge, normalize,
};
use regain_core::text::folded;
use std::collections::BTreeSet;

fn strength(password: &str, profile: PasswordProfile) -> Strength {
    judge(password, normalize(password).expose(), &folded(password), &profile, &[]).strength
}

fn short(password: &str) -> (Level, Reason) {
    let strength = strength(password, PasswordProfile::nist_with_second_factor());
    (strength.level, strength.reason)
}

#[test]
fn a_broken_rule_is_level_0() {
    assert_eq!(short("vkq7-z"), (Level::Unacceptable, Reason::Rules));
    assert_eq!(Level::Unacceptable.value(), 0);
    assert_eq!(Level::Strong.value(), 4);
}

#[test]
fn decorated_common_words_are_weak() {
    for password in ["P@ssw0rd1", "Password123!", "Welcome2026!", "Summer2026", "iloveyou!!"] {
        let (level, reason) = short(password);
        assert_eq!(level, Level::Weak, "{password}");
        assert_eq!(reason, Reason::CommonWord, "{password}");
    }
}

#[test]
fn patterns_are_weak_and_named() {
    for (password, reason) in [
        ("aaaaaaaaaaaaaaaaaaaa", Reason::Repeats),
        ("xq7xq7xq7xq7xq7xq7", Reason::Repeats),
        ("abcdefghijklmnop", Reason::Sequence),
        ("98765432109876543210", Reason::Sequence),
        ("asdfghjkl;qwertyui", Reason::Keyboard),
        ("zxcvbnm,poiuytr", Reason::Keyboard),
    ] {
        let found = short(password);
        assert!(found.0 <= Level::Fair, "{password}: {found:?}");
        assert_eq!(found.1, reason, "{password}");
    }
    assert_eq!(short("bo 1987 ha"), (Level::Weak, Reason::Year));
}

#[test]
fn a_short_random_text_only_has_to_be_longer() {
    assert_eq!(short("vm tree lo"), (Level::Weak, Reason::Longer));
}

#[test]
fn random_words_and_random_characters_are_good_or_strong() {
    assert_eq!(short("correct horse battery staple").0, Level::Good);
    assert_eq!(short("orbit-velvet-canyon-walrus-ginger-plank").0, Level::Strong);
    assert_eq!(short("xK9#mQ2$vL7!pR4&").0, Level::Strong);
    assert_eq!(short("xK9#mQ2$").0, Level::Fair);
    assert!(short("春眠不覚暁処処聞啼鳥").0 >= Level::Strong);
}

#[test]
fn the_words_are_many_short_plain_and_different() {
    let all: Vec<_> = words().collect();
    assert!(all.len() >= 1296);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    assert!(
        all.iter().all(|word| (3..=6).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase()))
    );
}

#[test]
fn a_suggested_passphrase_passes_its_own_rules_and_is_strong() {
    let names = PersonNames { given: "Rose".into(), ..PersonNames::default() };
    let banned = BannedWords::new(&["contoso"]);
    let lists = Blocklists { banned: &banned, is_common: &|_| false };
    let person = Person { names: &names, organization: "Contoso" };
    for profile in [
        PasswordProfile::nist(),
        PasswordProfile::entra(),
        PasswordProfile { min: 64, ..PasswordProfile::nist() },
    ] {
        for seed in 0..20 {
            let phrase = suggest(&SeededEntropy::new(seed), &profile, &person, &lists).unwrap();
            assert!(NewPassword::parse(phrase.expose(), &profile, &person, &lists).is_ok());
            assert!(!phrase.expose().to_lowercase().contains("rose"));
            assert!(strength(phrase.expose(), profile).level == Level::Strong, "{}", phrase.expose());
        }
    }
}

#[test]
fn suggestions_differ() {
    let names = PersonNames::default();
    let banned = BannedWords::new::<&str>(&[]);
    let lists = Blocklists { banned: &banned, is_common: &|_| false };
    let person = Person { names: &names, organization: "" };
    let entropy = SeededEntropy::new(7);
    let phrases: BTreeSet<_> = (0..100)
        .map(|_| suggest(&entropy, &PasswordProfile::nist(), &person, &lists).unwrap().expose().to_owned())
        .collect();
    assert_eq!(phrases.len(), 100);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn one_more_character_never_makes_it_two_levels_weaker(password in "[ -~]{15,40}", more in "[ -~]") {
        let profile = PasswordProfile::nist();
        let before = strength(&password, profile).level.value();
        let after = strength(&(password + &more), profile).level.value();
        prop_assert!(after + 1 >= before);
    }

    #[test]
    fn any_text_is_judged(password in "\\PC{0,300}", entra: bool) {
        let profile = if entra { PasswordProfile::entra() } else { PasswordProfile::nist() };
        let judgement = judge(&password, normalize(&password).expose(), &folded(&password), &profile, &[]);
        prop_assert_eq!(judgement.problems.is_empty(), judgement.strength.level != Level::Unacceptable);
    }

    #[test]
    fn only_strong_passwords_need_no_advice(password in "[ -~]{8,60}") {
        let strength = strength(&password, PasswordProfile::nist_with_second_factor());
        prop_assert_eq!(strength.level == Level::Strong, strength.reason == Reason::Nothing);
    }
}
