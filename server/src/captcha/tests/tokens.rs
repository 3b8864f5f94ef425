use super::*;
use proptest::prelude::*;
use std::collections::HashSet;

#[test]
fn token_comes_back_with_what_went_in() {
    let seal = TestSeal::new(1);
    let issued = issued(&seal, 1);
    let opened = opened(&seal, &issued.token);
    assert_eq!(opened.expires(), NOW.plus(LIFE));
    assert_eq!(opened.support_code().to_string(), support_code().to_string());
    assert_eq!(issued.challenge.bits, Effort::Usual.bits());
}

#[test]
fn tokens_show_nothing_of_their_answers() {
    let seal = TestSeal::new(1);
    let issued = issued(&seal, 2);
    let opened = opened(&seal, &issued.token);
    let bytes = BASE64URL_NOPAD.decode(issued.token.as_bytes()).expect("base64url");
    for secret in [opened.answers().0.as_bytes(), opened.answers().1.as_bytes(), opened.id().as_bytes()] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret));
    }
    assert!(!issued.challenge.seed.contains(&data_encoding::HEXLOWER.encode(opened.id().as_bytes())));
}

#[test]
fn no_two_tokens_share_id_seed_or_answers() {
    let seal = TestSeal::new(1);
    let (mut ids, mut seeds, mut letters, mut digits) =
        (HashSet::new(), HashSet::new(), HashSet::new(), HashSet::new());
    for seed in 0..50 {
        let issued = issued(&seal, seed);
        let opened = opened(&seal, &issued.token);
        assert!(ids.insert(opened.id()) && seeds.insert(issued.challenge.seed));
        assert!(
            letters.insert(opened.answers().0.to_owned()) && digits.insert(opened.answers().1.to_owned())
        );
    }
}

#[test]
fn answers_use_their_whole_alphabet_and_nothing_else() {
    let seal = TestSeal::new(1);
    let (mut letters, mut digits) = (HashSet::new(), HashSet::new());
    for seed in 0..100 {
        let opened = opened(&seal, &issued(&seal, seed).token);
        letters.extend(opened.answers().0.chars());
        digits.extend(opened.answers().1.chars());
    }
    assert_eq!(letters, "CDFHJKMNPRTWXY".chars().collect());
    assert_eq!(digits, ('0'..='9').collect());
}

#[test]
fn token_expires_at_the_end_of_its_life_and_not_before() {
    let seal = TestSeal::new(1);
    let token = issued(&seal, 1).token;
    let end = NOW.plus(LIFE);
    assert_eq!(refusal(&seal, end.minus(Duration::from_micros(1)), Action::StartReset, &token), None);
    assert_eq!(refusal(&seal, end, Action::StartReset, &token), Some(Refused::Expired));
}

#[test]
fn token_for_another_action_is_refused() {
    let seal = TestSeal::new(1);
    let token = issued(&seal, 1).token;
    assert_eq!(refusal(&seal, NOW, Action::SignIn, &token), Some(Refused::Invalid));
}

#[test]
fn token_of_another_key_or_purpose_is_refused() {
    let seal = TestSeal::new(1);
    let foreign = issued(&TestSeal::new(2), 1).token;
    assert_eq!(refusal(&seal, NOW, Action::StartReset, &foreign), Some(Refused::Invalid));

    let plain = seal.open("captcha", &issued(&seal, 1).token).expect("ours");
    let other = seal.seal("form", &plain);
    assert_eq!(refusal(&seal, NOW, Action::StartReset, &other), Some(Refused::Invalid));
}

#[test]
fn sealed_text_that_is_no_token_is_refused() {
    let seal = TestSeal::new(1);
    let plain = seal.open("captcha", &issued(&seal, 1).token).expect("ours");
    for length in 0..plain.len() {
        let short = seal.seal("captcha", &plain[..length]);
        assert_eq!(refusal(&seal, NOW, Action::StartReset, &short), Some(Refused::Invalid), "{length} bytes");
    }
    for place in 0..3 {
        let mut changed = plain.clone();
        changed[place] = 0;
        let changed = seal.seal("captcha", &changed);
        assert_eq!(refusal(&seal, NOW, Action::StartReset, &changed), Some(Refused::Invalid), "byte {place}");
    }
}

proptest! {
    #[test]
    fn changed_token_is_refused(seed: u64, place: prop::sample::Index, flip in 1_u8..) {
        let seal = TestSeal::new(1);
        let mut bytes = BASE64URL_NOPAD.decode(issued(&seal, seed).token.as_bytes()).expect("base64url");
        let place = place.index(bytes.len());
        bytes[place] ^= flip;
        let changed = BASE64URL_NOPAD.encode(&bytes);
        prop_assert_eq!(refusal(&seal, NOW, Action::StartReset, &changed), Some(Refused::Invalid));
    }

    #[test]
    fn cut_or_spliced_token_is_refused(seed: u64, cut: prop::sample::Index) {
        let seal = TestSeal::new(1);
        let (first, second) = (issued(&seal, seed).token, issued(&seal, !seed).token);
        let cut = cut.index(first.len());
        prop_assert_eq!(refusal(&seal, NOW, Action::StartReset, &first[..cut]), Some(Refused::Invalid));
        if cut > 0 {
            let spliced = format!("{}{}", &first[..cut], &second[cut..]);
            prop_assert_eq!(refusal(&seal, NOW, Action::StartReset, &spliced), Some(Refused::Invalid));
        }
        let longer = format!("{first}{second}");
        prop_assert_eq!(refusal(&seal, NOW, Action::StartReset, &longer), Some(Refused::Invalid));
    }

    #[test]
    fn any_text_is_refused_without_panic(text: String) {
        prop_assert_eq!(refusal(&TestSeal::new(1), NOW, Action::StartReset, &text), Some(Refused::Invalid));
    }
}
