use super::*;
use proptest::prelude::*;

/// Judges typed characters against the token of that seed.
fn typed(seed: u64, spell: impl Fn(&str, &str) -> String) -> bool {
    let keys = keys(1);
    let opened = opened(&keys, &issued(&keys, seed).token);
    let characters = spell(opened.answers().0, opened.answers().1);
    opened.judge(&Answer { characters: &characters, nonce: "" }, Effort::USUAL).is_ok()
}

/// Judges a nonce against the token of seed 1.
fn worked(nonce: &str) -> bool {
    let keys = keys(1);
    opened(&keys, &issued(&keys, 1).token).judge(&Answer { characters: "", nonce }, Effort::USUAL).is_ok()
}

fn solve(challenge: &pow::Challenge) -> u64 {
    pow::solve_from(&challenge.seed, challenge.bits, 0, u64::MAX).expect("a solution")
}

#[test]
fn letters_of_the_picture_pass_however_they_are_typed() {
    assert!(typed(1, |letters, _| letters.to_owned()));
    assert!(typed(1, |letters, _| letters.to_lowercase()));
    assert!(typed(1, |letters, _| format!(" {} - {}\t", &letters[..3], &letters[3..])));
    let wide = |c: char| char::from_u32(u32::from(c) - 0x21 + 0xFF01).expect("a full-width letter");
    assert!(typed(1, |letters, _| letters.chars().map(wide).collect()));
}

#[test]
fn mistaken_letter_counts_only_if_no_picture_has_it() {
    let mistake = |letters: &str| letters.replace('F', "e").replace('C', "G").replace('D', "0");
    let keys = keys(1);
    let changed = |seed: &u64| {
        let opened = opened(&keys, &issued(&keys, *seed).token);
        mistake(opened.answers().0) != opened.answers().0
    };
    assert!((0..20).filter(changed).all(|seed| typed(seed, |letters, _| mistake(letters))));
    assert!((0..20).filter(changed).count() > 5);
    assert!(!typed(1, |letters, _| letters.replace(|_| true, "F")));
}

#[test]
fn digits_of_the_sound_pass_however_they_are_typed() {
    assert!(typed(1, |_, digits| digits.to_owned()));
    assert!(typed(1, |_, digits| digits.chars().flat_map(|digit| [digit, ' ']).collect()));
    for zero in [0x660, 0x6F0, 0xFF10] {
        let digit = |c: char| char::from_u32(zero + u32::from(c) - 0x30).expect("a digit");
        assert!(typed(1, |_, digits| digits.chars().map(digit).collect()));
    }
}

#[test]
fn pieces_and_mixtures_of_the_answers_fail() {
    assert!(!typed(1, |_, _| String::new()));
    assert!(!typed(1, |letters, _| letters[..5].to_owned()));
    assert!(!typed(1, |letters, _| format!("{letters}C")));
    assert!(!typed(1, |letters, digits| format!("{letters}{digits}")));
    assert!(!typed(1, |letters, digits| format!("{}{}", &letters[..3], &digits[3..])));
    assert!(!typed(1, |letters, _| letters.chars().rev().collect()));
}

#[test]
fn answer_of_another_token_fails() {
    let keys = keys(1);
    let other = opened(&keys, &issued(&keys, 2).token);
    assert!(!typed(1, |_, _| other.answers().0.to_owned()));
    assert!(!typed(1, |_, _| other.answers().1.to_owned()));
}

#[test]
fn work_passes_with_the_characters_left_empty_or_wrong() {
    let keys = keys(1);
    let issued = issued(&keys, 1);
    let nonce = solve(&issued.challenge).to_string();
    for characters in ["", "wrong"] {
        let passed =
            opened(&keys, &issued.token).judge(&Answer { characters, nonce: &nonce }, Effort::USUAL).ok();
        let passed = passed.expect("the work was done");
        assert_eq!(passed.support_code().to_string(), support_code().to_string());
        assert_eq!(passed.expires(), NOW.plus(LIFE));
        assert!(passed.token_id() == opened(&keys, &issued.token).id());
    }
}

#[test]
fn anything_but_a_solution_is_no_work() {
    let keys = keys(1);
    let right = solve(&issued(&keys, 1).challenge);
    // The search takes the first solution, so every smaller number is none.
    assert!(!worked(&(right - 1).to_string()));
    assert!(!worked("0"));
    for text in ["", "-1", "ffff", "1e9", "18446744073709551616", "0x10"] {
        assert!(!worked(text), "{text}");
    }
}

#[test]
fn work_for_fewer_bits_or_another_seed_is_not_enough() {
    let keys = keys(1);
    let (one, other) = (issued(&keys, 1).challenge, issued(&keys, 2).challenge);
    let cheap = (1..).map(|start| pow::solve_from(&one.seed, 8, start, u64::MAX).expect("a solution"));
    let cheap = cheap.take(2000).find(|nonce| !pow::check(&one.seed, one.bits, *nonce)).expect("a cheap one");
    assert!(!worked(&cheap.to_string()));
    assert!(!worked(&solve(&other).to_string()));
}

#[test]
fn raised_effort_is_demanded_from_the_token_that_carries_it() {
    let keys = keys(1);
    let raise =
        |effort| issue(&keys, &SeededEntropy::new(1), NOW, Action::StartReset, effort, support_code());
    let (usual, raised) = (raise(Effort::USUAL), raise(Effort::RAISED));
    assert_eq!(usual.challenge.seed, raised.challenge.seed, "the same randomness");
    assert_eq!(raised.challenge.bits, usual.challenge.bits + 3, "eight times the work");

    let nonce = solve(&usual.challenge);
    assert!(!pow::check(&raised.challenge.seed, raised.challenge.bits, nonce), "choose another seed");
    let answer = nonce.to_string();
    let judged =
        |token| opened(&keys, token).judge(&Answer { characters: "", nonce: &answer }, Effort::USUAL).is_ok();
    assert!(judged(&usual.token));
    assert!(!judged(&raised.token));
}

proptest! {
    #[test]
    fn any_other_text_fails_without_panic(seed: u64, characters: String, nonce in "[^0-9]*") {
        let keys = keys(1);
        let opened = opened(&keys, &issued(&keys, seed).token);
        let answer = Answer { characters: &characters, nonce: &nonce };
        prop_assert!(opened.judge(&answer, Effort::USUAL).is_err());
    }
}

#[test]
fn work_doubles_with_each_time_beyond_the_limit_up_to_a_cap() {
    let bits = |times| Effort::beyond(times, 20).map(Effort::bits);
    assert_eq!((bits(0), bits(19)), (None, None));
    assert_eq!(
        [20, 21, 22, 23, 24, 25, 10_000].map(|times| bits(times).unwrap_or(0)),
        [18, 19, 20, 21, 22, 22, 22]
    );
}

#[test]
fn t141_work_at_the_price_of_before_is_not_enough_and_the_picture_is() {
    let keys = keys(1);
    let issued = issued(&keys, 1);
    let nonce = solve(&issued.challenge).to_string();
    let asked = |times| Effort::beyond(times, 20).unwrap_or(Effort::USUAL);
    let work = Answer { characters: "", nonce: &nonce };
    assert!(opened(&keys, &issued.token).judge(&work, asked(21)).is_ok(), "one doubling is forgiven");
    let judged = opened(&keys, &issued.token).judge(&work, asked(22));
    assert_eq!(judged.err(), Some(WrongAnswer::TooCheap));
    let letters = opened(&keys, &issued.token).answers().0.to_owned();
    let read = Answer { characters: &letters, nonce: "" };
    assert!(opened(&keys, &issued.token).judge(&read, asked(10_000)).is_ok());
}
