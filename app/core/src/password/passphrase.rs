//! *Suggest a passphrase*: random words, easy to type on a phone.

use super::new_password::{Blocklists, NewPassword, Person};
use super::profile::{PasswordProfile, ProfileKind};
use super::strength::{Level, judge};
use crate::entropy::{Entropy, below, pick};
use crate::secret::Secret;

/// Common English words of three to six letters.
const WORDS: &str = include_str!("passphrase_words.txt");

/// Six words out of nearly two thousand: more than 65 bits.
const WORDS_IN_A_PHRASE: usize = 6;

/// Draws until one passes: a name can be part of any word, and six of the shortest words look short.
const TRIES: usize = 16;

/// A passphrase that the profile and the lists accept for this person.
///
/// `None` only where the rules leave next to no words, as with a custom list full of them.
pub fn suggest(
    entropy: &dyn Entropy,
    profile: &PasswordProfile,
    person: &Person,
    lists: &Blocklists,
) -> Option<Secret> {
    let words: Vec<&str> = words().collect();
    (0..TRIES)
        .map(|_| draw(entropy, &words, *profile))
        .filter(|phrase| {
            // Of small ASCII letters alone: nothing changes when it is normalised or folded.
            let text = phrase.expose();
            judge(text, text, text, profile, &[]).strength.level == Level::Strong
        })
        .find(|phrase| NewPassword::parse(phrase.expose(), profile, person, lists).is_ok())
}

/// The words that passphrases are made of.
pub fn words() -> impl Iterator<Item = &'static str> {
    WORDS.split_whitespace()
}

fn draw(entropy: &dyn Entropy, words: &[&str], profile: PasswordProfile) -> Secret {
    let entra = profile.kind == ProfileKind::Entra;
    // Enough room from the start: a growing text would leave copies behind.
    let mut phrase = String::with_capacity(256);
    loop {
        for _ in 0..WORDS_IN_A_PHRASE {
            if !phrase.is_empty() {
                phrase.push('-');
            }
            push_word(&mut phrase, pick(entropy, words).copied().unwrap_or_default(), entra);
        }
        if phrase.len() >= usize::from(profile.min) {
            break;
        }
    }
    if entra {
        phrase.extend(char::from_digit(below(entropy, 10), 10));
    }
    Secret::from(phrase)
}

/// Entra wants capitals, NIST does not, and people mistype them.
fn push_word(phrase: &mut String, word: &str, capital: bool) {
    let mut letters = word.chars();
    if capital {
        phrase.extend(letters.next().map(|first| first.to_ascii_uppercase()));
    }
    phrase.extend(letters);
}
