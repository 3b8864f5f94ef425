use super::*;
use proptest::prelude::*;
use std::collections::HashSet;

/// What is inside a token.
fn plain(keys: &Keys, token: &str) -> Vec<u8> {
    let sealed = BASE64URL_NOPAD.decode(token.as_bytes()).expect("base64url");
    keys.open(token::PURPOSE, b"", &sealed).expect("our own token")
}

#[test]
fn token_comes_back_with_what_went_in() {
    let keys = keys(1);
    let issued = issued(&keys, 1);
    let opened = opened(&keys, &issued.token);
    assert_eq!(opened.expires(), NOW.plus(LIFE));
    assert_eq!(opened.support_code().to_string(), support_code().to_string());
    assert_eq!(issued.challenge.bits, Effort::USUAL.bits());
}

#[test]
fn tokens_show_nothing_of_their_answers() {
    let keys = keys(1);
    let issued = issued(&keys, 2);
    let opened = opened(&keys, &issued.token);
    let bytes = BASE64URL_NOPAD.decode(issued.token.as_bytes()).expect("base64url");
    for secret in [opened.answers().0.as_bytes(), opened.answers().1.as_bytes(), opened.id().as_bytes()] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret));
    }
    assert!(!issued.challenge.seed.contains(&data_encoding::HEXLOWER.encode(opened.id().as_bytes())));
}

#[test]
fn no_two_tokens_share_id_seed_or_answers() {
    let keys = keys(1);
    let (mut ids, mut seeds, mut letters, mut digits) =
        (HashSet::new(), HashSet::new(), HashSet::new(), HashSet::new());
    for seed in 0..50 {
        let issued = issued(&keys, seed);
        let opened = opened(&keys, &issued.token);
        assert!(ids.insert(opened.id()) && seeds.insert(issued.challenge.seed));
        assert!(
            letters.insert(opened.answers().0.to_owned()) && digits.insert(opened.answers().1.to_owned())
        );
    }
}

#[test]
fn answers_use_their_whole_alphabet_and_nothing_else() {
    let keys = keys(1);
    let (mut letters, mut digits) = (HashSet::new(), HashSet::new());
    for seed in 0..100 {
        let opened = opened(&keys, &issued(&keys, seed).token);
        letters.extend(opened.answers().0.chars());
        digits.extend(opened.answers().1.chars());
    }
    assert_eq!(letters, "CDFHJKMNPRTWXY".chars().collect());
    assert_eq!(digits, ('0'..='9').collect());
}

#[test]
fn token_expires_at_the_end_of_its_life_and_not_before() {
    let keys = keys(1);
    let token = issued(&keys, 1).token;
    let end = NOW.plus(LIFE);
    assert_eq!(refusal(&keys, end.minus(Duration::from_micros(1)), Action::StartReset, &token), None);
    assert_eq!(refusal(&keys, end, Action::StartReset, &token), Some(Refused::Expired));
}

#[test]
fn token_for_another_action_is_refused() {
    let keys = keys(1);
    let token = issued(&keys, 1).token;
    assert_eq!(refusal(&keys, NOW, Action::SignIn, &token), Some(Refused::Invalid));
}

#[test]
fn token_of_another_key_or_purpose_is_refused() {
    let (keys, foreign_keys) = (keys(1), keys(2));
    let foreign = issued(&foreign_keys, 1).token;
    assert_eq!(refusal(&keys, NOW, Action::StartReset, &foreign), Some(Refused::Invalid));

    let plain = plain(&keys, &issued(&keys, 1).token);
    let other = sealed(&keys, "form", &plain);
    assert_eq!(refusal(&keys, NOW, Action::StartReset, &other), Some(Refused::Invalid));
}

#[test]
fn sealed_text_that_is_no_token_is_refused() {
    let keys = keys(1);
    let plain = plain(&keys, &issued(&keys, 1).token);
    for length in 0..plain.len() {
        let short = sealed(&keys, token::PURPOSE, &plain[..length]);
        assert_eq!(refusal(&keys, NOW, Action::StartReset, &short), Some(Refused::Invalid), "{length} bytes");
    }
    for place in 0..3 {
        let mut changed = plain.clone();
        changed[place] = 0;
        let changed = sealed(&keys, token::PURPOSE, &changed);
        assert_eq!(refusal(&keys, NOW, Action::StartReset, &changed), Some(Refused::Invalid), "byte {place}");
    }
}

proptest! {
    #[test]
    fn changed_token_is_refused(seed: u64, place: prop::sample::Index, flip in 1_u8..) {
        let keys = keys(1);
        let mut bytes = BASE64URL_NOPAD.decode(issued(&keys, seed).token.as_bytes()).expect("base64url");
        let place = place.index(bytes.len());
        bytes[place] ^= flip;
        let changed = BASE64URL_NOPAD.encode(&bytes);
        prop_assert_eq!(refusal(&keys, NOW, Action::StartReset, &changed), Some(Refused::Invalid));
    }

    #[test]
    fn cut_or_spliced_token_is_refused(seed: u64, cut: prop::sample::Index) {
        let keys = keys(1);
        let (first, second) = (issued(&keys, seed).token, issued(&keys, !seed).token);
        let cut = cut.index(first.len());
        prop_assert_eq!(refusal(&keys, NOW, Action::StartReset, &first[..cut]), Some(Refused::Invalid));
        let spliced = format!("{}{}", &first[..cut], &second[cut..]);
        // Where the cut-off ends happen to be alike, this is one of the two genuine ones.
        if spliced != first && spliced != second {
            prop_assert_eq!(refusal(&keys, NOW, Action::StartReset, &spliced), Some(Refused::Invalid));
        }
        let longer = format!("{first}{second}");
        prop_assert_eq!(refusal(&keys, NOW, Action::StartReset, &longer), Some(Refused::Invalid));
    }

    #[test]
    fn any_text_is_refused_without_panic(text: String) {
        prop_assert_eq!(refusal(&keys(1), NOW, Action::StartReset, &text), Some(Refused::Invalid));
    }
}
