//! R68 to R90: what a person still has to register; R44 to R48: questions and answers.

use proptest::prelude::*;
use regain_core::entropy::SeededEntropy;
use regain_core::method::{Method, MethodSet, Usable};
use regain_core::policy::{
    AdministratorPolicy, AuthenticationMethodsPolicy, EffectivePolicy, Membership, MethodsRequired, Policies,
    Question, ResetPolicy, Scope,
};
use regain_core::questions::{self, Answer, PREDEFINED};
use regain_core::registration::{missing, reconfirm_due};
use regain_core::secret::Secret;
use regain_core::time::{Duration, Timestamp};
use std::collections::BTreeSet;

fn policy(required: MethodsRequired, methods: &[Method]) -> EffectivePolicy {
    let policy = ResetPolicy {
        scope: Scope::All,
        methods_required: required,
        methods: MethodSet::of(methods),
        ..ResetPolicy::default()
    };
    let methods = AuthenticationMethodsPolicy::default();
    let administrators = AdministratorPolicy::default();
    let policies = Policies { reset: &policy, administrators, methods: &methods };
    EffectivePolicy::for_person(&policies, &[], &Membership::NONE)
}

fn tutorial() -> EffectivePolicy {
    policy(
        MethodsRequired::Two,
        &[Method::AppNotification, Method::AppCode, Method::Email, Method::MobilePhone],
    )
}

#[test]
fn r69_the_fewest_methods_are_proposed_strongest_first() {
    let missing = missing(&tutorial(), MethodSet::ALL.without(Method::AppNotification), &[]);
    assert_eq!(missing.kinds, 2);
    assert_eq!(missing.proposals(), [Method::AppCode, Method::MobilePhone]);
    assert_eq!(missing.choices, [Method::AppCode, Method::MobilePhone, Method::Email], "R70: to swap them");
}

#[test]
fn r68_only_allowed_methods_that_work_are_offered() {
    let working = MethodSet::of(&[Method::AppCode, Method::Email, Method::SecurityQuestions]);
    let missing = missing(&tutorial(), working, &[]);
    assert_eq!(missing.choices, [Method::AppCode, Method::Email]);
}

#[test]
fn r71_only_what_is_missing_is_asked_for() {
    let missing = missing(&tutorial(), MethodSet::ALL, &[Usable::new(Method::AppCode)]);
    assert_eq!(missing.kinds, 1);
    assert_eq!(missing.proposals(), [Method::MobilePhone], "another app would be the same kind");
}

#[test]
fn r77_enough_kinds_make_a_person_registered() {
    let have = [Usable::new(Method::Email), Usable::phone(Method::MobilePhone, "+37120000123")];
    assert!(missing(&tutorial(), MethodSet::ALL, &have).is_complete());
    let both_app = [Usable::new(Method::AppCode), Usable::new(Method::AppNotification)];
    assert!(!missing(&tutorial(), MethodSet::ALL, &both_app).is_complete());
}

#[test]
fn r34_r35_a_method_that_was_unticked_does_not_count_until_it_is_ticked_again() {
    let have = [Usable::new(Method::Email), Usable::phone(Method::MobilePhone, "+37120000123")];
    let unticked = policy(MethodsRequired::Two, &[Method::AppCode, Method::Email]);
    assert_eq!(missing(&unticked, MethodSet::ALL, &have).kinds, 1);
    assert!(missing(&tutorial(), MethodSet::ALL, &have).is_complete());
}

#[test]
fn r89_nothing_to_offer_is_told_apart_from_complete() {
    let missing = missing(&tutorial(), MethodSet::of(&[Method::Email]), &[]);
    assert!(missing.is_dead_end() && !missing.is_complete());
}

#[test]
fn r90_the_review_comes_after_the_days_and_r58_never_for_0() {
    let confirmed = Timestamp::from_seconds(1_700_000_000);
    let after_days = |days: u64| confirmed.plus(Duration::from_secs(days * 86_400));
    assert!(!reconfirm_due(&tutorial(), confirmed, after_days(180).minus(Duration::from_secs(1))));
    assert!(reconfirm_due(&tutorial(), confirmed, after_days(180)));
    let never = EffectivePolicy { reconfirm_days: None, ..tutorial() };
    assert!(!reconfirm_due(&never, confirmed, after_days(10_000)));
}

#[test]
fn there_are_35_different_built_in_questions() {
    assert_eq!(PREDEFINED.iter().collect::<BTreeSet<_>>().len(), 35);
}

#[test]
fn r44_answers_have_3_to_40_characters_of_any_script() {
    for accepted in ["abc", "Рига", "東京都", &"ж".repeat(40), "  Riga  "] {
        assert!(Answer::parse(accepted).is_ok(), "{accepted}");
    }
    assert_eq!(Answer::parse("  ab  "), Err("answer-too-short"));
    assert_eq!(Answer::parse(&"a".repeat(41)), Err("answer-too-long"));
    assert_eq!(Answer::parse(&"a".repeat(1_000_000)), Err("answer-too-long"));
    assert_eq!(Answer::parse("a\0bc"), Err("answer-malformed"));
}

#[test]
fn spellings_of_one_answer_are_one_answer() {
    for spelling in ["new york", " New  York ", "ＮＥＷ\u{3000}ＹＯＲＫ", "NEW\u{A0}YORK"] {
        assert_eq!(
            Answer::parse(spelling).map(|answer| answer.expose().to_owned()),
            Ok("new york".to_owned())
        );
    }
}

fn offered() -> Vec<Question> {
    PREDEFINED.iter().take(6).map(|id| Question::Predefined((*id).to_owned())).collect()
}

fn register(chosen: &[(usize, &str)]) -> Vec<(String, String)> {
    let chosen: Vec<_> =
        chosen.iter().map(|(n, text)| (PREDEFINED[*n].to_owned(), Secret::from(*text))).collect();
    let problems = questions::check_registration(&chosen, &offered(), 3).err().unwrap_or_default();
    problems.into_iter().map(|problem| (problem.field, problem.code)).collect()
}

fn problem(field: &str, code: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), code.to_owned())]
}

#[test]
fn r45_r46_no_question_and_no_answer_is_used_twice() {
    assert_eq!(register(&[(0, "one"), (1, "two"), (2, "three")]), []);
    assert_eq!(register(&[(0, "one"), (0, "two"), (2, "three")]), problem("question_1", "question-twice"));
    assert_eq!(register(&[(0, "one"), (1, " ONE "), (2, "three")]), problem("answer_1", "answer-twice"));
    assert_eq!(register(&[(0, "one"), (1, "two")]), problem("question_2", "questions-too-few"));
    assert_eq!(register(&[(0, "one"), (1, "two"), (9, "three")]), problem("question_2", "question-missing"));
}

#[test]
fn r47_every_set_of_questions_is_drawn_about_equally_often() {
    let registered: Vec<String> = PREDEFINED.iter().take(5).map(|id| (*id).to_owned()).collect();
    let entropy = SeededEntropy::new(11);
    let mut sets = std::collections::BTreeMap::<BTreeSet<String>, u32>::new();
    for _ in 0..10_000 {
        *sets.entry(questions::draw(&registered, 3, &entropy).into_iter().collect()).or_default() += 1;
    }
    assert_eq!(sets.len(), 10, "5 choose 3");
    assert!(sets.values().all(|count| (850..1150).contains(count)), "{sets:?}");
}

proptest! {
    #[test]
    fn normalising_an_answer_twice_changes_nothing(text in "\\PC{0,60}") {
        let once = questions::normalized(&text);
        prop_assert_eq!(questions::normalized(&once), once);
    }

    #[test]
    fn proposals_are_as_many_as_needed_or_it_is_a_dead_end(
        methods in proptest::collection::vec(proptest::sample::select(Method::ALL), 0..6),
        have in proptest::collection::vec(proptest::sample::select(Method::ALL), 0..6),
        two: bool,
    ) {
        let required = if two { MethodsRequired::Two } else { MethodsRequired::One };
        let have: Vec<_> = have.into_iter().map(Usable::new).collect();
        let missing = missing(&policy(required, &methods), MethodSet::ALL, &have);
        prop_assert_eq!(missing.is_dead_end(), missing.proposals().len() < missing.kinds);
        prop_assert!(missing.proposals().len() <= missing.kinds);
        prop_assert!(missing.proposals().iter().all(|proposal| methods.contains(proposal)));
    }
}
