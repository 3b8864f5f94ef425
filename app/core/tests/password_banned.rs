//! R163 to R175: banned words and names.

use proptest::prelude::*;
use regain_core::account::PersonNames;
use regain_core::password::banned::{BannedWords, normalized, parse_custom_list};
use regain_core::password::{Blocklists, NewPassword, PasswordProblem, PasswordProfile, Person};

fn contoso_and_blank() -> BannedWords {
    BannedWords::only(&["contoso", "blank"])
}

fn judge(password: &str, names: &PersonNames, organization: &str, custom: &[&str]) -> Vec<PasswordProblem> {
    let banned = BannedWords::new(custom);
    let lists =
        Blocklists { banned: &banned, is_common: &|password| password == "correcthorsebatterystaple" };
    let person = Person { names, organization };
    NewPassword::parse(password, &PasswordProfile::entra(), &person, &lists).err().unwrap_or_default()
}

fn alice() -> PersonNames {
    PersonNames {
        given: "Alice".into(),
        surname: "Liddell".into(),
        display: "Alice Liddell".into(),
        upn: "aliddell@contoso.example".into(),
    }
}

#[test]
fn r167_case_and_the_four_substitutions_do_not_matter() {
    assert_eq!(normalized("P@$$W0RD1"), "passwordl");
}

/// Each differs from the term in more than the one character that counts as the term anyway.
#[test]
fn r167_quotation_marks_dashes_and_the_dotless_i_do_not_matter() {
    for (typed, term) in [
        ("“co–op”", "'co-op'"),
        ("O’Brien‘s", "o'brien's"),
        ("a—b‐c−d", "a-b-c-d"),
        ("dıyarbakır", "Diyarbakir"),
        ("DİYARBAKIR", "dıyarbakır"),
    ] {
        assert_eq!(normalized(typed), normalized(term), "{typed}");
        for (word, password) in [(term, typed), (typed, term)] {
            let points = BannedWords::only(&[word]).score(&format!("x{password}x")).points;
            assert_eq!(points, 3, "{password} with {word} on the list");
        }
    }
    let listed = parse_custom_list("O'Brien's\nO’Brien‘s\n", "terms");
    assert_eq!(listed, Ok(vec!["O'Brien's".to_owned()]), "one term");
    let names = PersonNames { surname: "O’Brien–Yıldız".into(), ..PersonNames::default() };
    let problems = judge("Z9-o'brien-yildiz-hx7", &names, "", &[]);
    assert_eq!(problems, [PasswordProblem::ContainsName]);
}

#[test]
fn r170_each_term_and_each_other_character_is_a_point() {
    let score = contoso_and_blank().score("contosoblankabc");
    assert_eq!(score.points, 5);
    assert!(score.is_enough());
    assert!(!contoso_and_blank().score("contosoblankab").is_enough());
}

#[test]
fn r171_c0ntos0blank12_scores_4_and_is_refused() {
    assert_eq!(contoso_and_blank().score("C0ntos0Blank12").points, 4);
    let problems = judge("C0ntos0Blank12", &PersonNames::default(), "", &["contoso", "blank"]);
    assert_eq!(problems, [PasswordProblem::BlockedByAdministrator]);
}

#[test]
fn r172_contos0blankf9_scores_5_and_is_accepted() {
    assert_eq!(contoso_and_blank().score("ContoS0Bl@nkf9!").points, 5);
    let problems = judge("ContoS0Bl@nkf9!", &PersonNames::default(), "", &["contoso", "blank"]);
    assert_eq!(problems, [], "and the global list does not change that");
}

#[test]
fn r168_one_edit_counts_as_the_term() {
    let words = BannedWords::only(&["contoso"]);
    for near in ["contoso", "contso", "contosso", "kontoso"] {
        assert_eq!(words.score(near).points, 1, "{near}");
    }
    assert_eq!(words.score("kontosso").points, 8, "two edits are too many");
}

#[test]
fn r173_a_term_counts_as_the_whole_password_and_as_a_part() {
    let words = BannedWords::only(&["contoso"]);
    assert_eq!(words.score("xxcontosoyy").points, 5);
    assert_eq!(words.score("contosocontoso").points, 2);
}

#[test]
fn exact_places_come_before_near_ones() {
    let words = BannedWords::only(&["blank"]);
    assert_eq!(
        words.score("blankblanx").points,
        6,
        "a near place beside an exact one counts letter by letter"
    );
}

#[test]
fn the_cut_with_the_fewest_points_decides() {
    let words = BannedWords::only(&["abcd", "cdefgh"]);
    assert_eq!(words.score("abcdefgh").points, 3, "ab + cdefgh beats abcd + efgh");
}

#[test]
fn r163_the_global_list_applies_with_no_custom_list() {
    assert_eq!(judge("P@ssw0rd123", &PersonNames::default(), "", &[]), [PasswordProblem::TooEasy]);
    assert_eq!(judge("Summer2026!", &PersonNames::default(), "", &[]), [PasswordProblem::TooEasy]);
}

#[test]
fn r169_names_of_four_letters_refuse_outright() {
    let names = PersonNames { given: "Ann".into(), surname: "Poll".into(), ..PersonNames::default() };
    let refused = [PasswordProblem::ContainsName];
    assert_eq!(judge("Z9-p0ll-hx7-Qwk4-mmv", &names, "", &[]), refused);
    assert_eq!(judge("Z9-ann-hx7-Qwk4-mmv", &names, "", &[]), [], "three letters are too few");
    assert_eq!(judge("Z9-c0nt0s0-hx7-Qwk4", &names, "Contoso", &[]), refused, "the organisation's name");
    assert_eq!(judge("Z9-fabrik@minc-hx7", &names, "Fabrikam Inc", &[]), refused, "without its blank");
}

#[test]
fn r174_the_account_name_refuses_whatever_the_score() {
    let refused = [PasswordProblem::ContainsName];
    assert_eq!(judge("Xk4!aLidde11-qv9-Rt2", &alice(), "", &[]), refused);
    assert_eq!(judge("Alice-2026-Xk4-qv9-Rt2", &alice(), "", &[]), refused);
}

#[test]
fn r175_custom_and_global_hits_have_their_own_reasons() {
    assert_eq!(
        judge("Widget99!", &PersonNames::default(), "", &["widget"]),
        [PasswordProblem::BlockedByAdministrator]
    );
    assert_eq!(judge("Dragon99!", &PersonNames::default(), "", &["widget"]), [PasswordProblem::TooEasy]);
}

#[test]
fn r165_r166_a_custom_list_has_at_most_1000_terms_of_4_to_16_characters() {
    let list = |count: usize| (0..count).map(|n| format!("term{n:04}")).collect::<Vec<_>>().join("\n");
    assert_eq!(parse_custom_list(&list(1000), "terms").map(|terms| terms.len()), Ok(1000));
    assert_eq!(parse_custom_list(&list(1001), "terms").unwrap_err()[0].code, "banned-too-many");
    let problems =
        parse_custom_list("abcd\nabc\n\n1234567890123456\n12345678901234567\n", "terms").unwrap_err();
    let lines: Vec<_> = problems.iter().map(|problem| problem.args[0].1.as_str()).collect();
    assert_eq!(lines, ["2", "5"]);
}

#[test]
fn a_custom_list_keeps_each_term_once() {
    let terms = parse_custom_list("Contoso\r\n  contoso \nC0NTOSO\nwidget\n", "terms");
    assert_eq!(terms, Ok(vec!["Contoso".to_owned(), "widget".to_owned()]));
}

#[test]
fn t150_a_phrase_that_merely_contains_listed_words_is_accepted() {
    assert_eq!(judge("Purple tractor 7 dragon lamp", &alice(), "Contoso", &[]), []);
    assert_eq!(
        judge("correcthorsebatterystaple", &alice(), "Contoso", &[]).last(),
        Some(&PasswordProblem::Common)
    );
}

#[test]
fn t150_a_common_password_is_refused_in_its_variants() {
    for variant in ["CorrectHorseBatteryStaple", "c0rrecth0r$ebattery$t@p1e"] {
        assert!(judge(variant, &alice(), "Contoso", &[]).contains(&PasswordProblem::Common), "{variant}");
    }
}

/// The score by definition, without the table: the best of all first steps.
fn score_by_definition(text: &[char], terms: &[&str], from: usize) -> usize {
    if from == text.len() {
        return 0;
    }
    let mut best = 1 + score_by_definition(text, terms, from + 1);
    for term in terms {
        let rest: String = text[from..].iter().collect();
        if rest.starts_with(term) {
            best = best.min(1 + score_by_definition(text, terms, from + term.len()));
        }
    }
    best
}

proptest! {
    #[test]
    fn the_score_is_the_fewest_points_of_all_cuts(start in "(ab|cde|bcd|x|abcde){0,5}") {
        let terms = ["abcd", "bcde", "cdex"];
        // Every term occurs exactly, so that no near place is looked for.
        let text = start + &terms.concat();
        let chars: Vec<char> = text.chars().collect();
        let expected = score_by_definition(&chars, &terms, 0);
        prop_assert_eq!(BannedWords::only(&terms).score(&text).points, expected);
    }

    #[test]
    fn points_never_exceed_the_characters(text in "\\PC{0,64}") {
        let chars = normalized(&text).chars().count();
        prop_assert!(BannedWords::new(&["contoso"]).score(&text).points <= chars);
    }

    #[test]
    fn more_terms_never_mean_more_points_where_none_is_near(text in "[a-c]{0,24}") {
        let few = BannedWords::only(&["aaaaaaaa"]).score(&text).points;
        let more = BannedWords::only(&["aaaaaaaa", "bbbbbbbb"]).score(&text).points;
        prop_assert!(more <= few);
    }
}

/// All texts that one edit makes of the term. A character added at an end leaves the term whole.
fn one_edit_away(term: &str, with: char) -> Vec<String> {
    let chars: Vec<char> = term.chars().collect();
    let mut edited = Vec::new();
    for at in 0..=chars.len() {
        let (before, after) = chars.split_at(at);
        let joined = |middle: &[char], rest: &[char]| [before, middle, rest].concat().into_iter().collect();
        if !before.is_empty() && !after.is_empty() {
            edited.push(joined(&[with], after));
        }
        if let Some((_, rest)) = after.split_first() {
            edited.push(joined(&[], rest));
            edited.push(joined(&[with], rest));
        }
    }
    edited
}

proptest! {
    #[test]
    fn every_single_edit_of_a_term_is_the_term(term in "[b-k]{4,16}", with in "[x-z]", around in "[q-w]{0,3}") {
        let with = with.chars().next().unwrap_or('x');
        for edited in one_edit_away(&term, with) {
            let points = BannedWords::only(&[&term]).score(&format!("{around}{edited}{around}")).points;
            prop_assert!(points <= 1 + 2 * around.len(), "{} in {}", term, edited);
        }
    }
}
