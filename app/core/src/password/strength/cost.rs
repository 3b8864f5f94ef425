//! What each character adds, in tenths of a bit.

use super::Reason;
use super::patterns;

/// A letter of a word: words are guessed whole, so that a letter is worth about two bits.
const LETTER_OF_WORD: u32 = 20;
/// A consonant after two others, as words hardly have them.
const LETTER_AT_RANDOM: u32 = 42;
const CAPITAL_EXTRA: u32 = 10;
const DIGIT: u32 = 33;
const SYMBOL: u32 = 45;
/// A blank or hyphen between letters: everybody separates words so.
const SEPARATOR: u32 = 5;
/// Scripts with many characters.
const IDEOGRAPH: u32 = 80;
const OTHER_LETTER: u32 = 26;
/// A change between letters, digits and symbols inside a password.
const CHANGE: u32 = 15;
/// What follows from what is before it.
const FOLLOWS: u32 = 4;
const COMMON_WORD: u32 = 45;
const YEAR: u32 = 70;

/// The sum, and what each pattern took away.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Estimate {
    /// The estimate in tenths of a bit.
    pub(super) tenth_bits: u32,
    lost: [u32; PATTERNS.len()],
}

const PATTERNS: [Reason; 5] =
    [Reason::CommonWord, Reason::Repeats, Reason::Sequence, Reason::Keyboard, Reason::Year];

impl Estimate {
    /// The pattern that took most away, or that there is none.
    pub(super) fn main_reason(&self) -> Reason {
        let most = PATTERNS.iter().zip(self.lost).max_by_key(|(_, lost)| *lost);
        most.filter(|(_, lost)| *lost > 0).map_or(Reason::Longer, |(reason, _)| *reason)
    }

    fn lose(&mut self, pattern: Reason, tenth_bits: u32) {
        for (slot, _) in self.lost.iter_mut().zip(PATTERNS).filter(|(_, reason)| *reason == pattern) {
            *slot += tenth_bits;
        }
    }
}

/// Adds up what the characters are worth.
pub(super) fn estimate(text: &[char]) -> Estimate {
    let mut estimate = Estimate::default();
    let mut at = 0;
    while at < text.len() {
        let (length, worth, pattern) = chunk(text, at);
        let plain_worth: u32 = (at..at + length).map(|index| worth_of(text, index)).sum();
        let worth = worth.min(plain_worth);
        estimate.tenth_bits += worth;
        if let Some(pattern) = pattern {
            estimate.lose(pattern, plain_worth - worth);
        }
        at += length;
    }
    estimate
}

/// The next piece: how many characters, what they are worth, and the pattern that they follow.
fn chunk(text: &[char], at: usize) -> (usize, u32, Option<Reason>) {
    let rest = &text[at..];
    if let Some(pattern) = follows(text, at) {
        return (1, FOLLOWS, Some(pattern));
    }
    let word = patterns::common_word(rest);
    if word > 0 {
        return (word, COMMON_WORD, Some(Reason::CommonWord));
    }
    if patterns::is_year(rest) {
        return (4, YEAR, Some(Reason::Year));
    }
    (1, worth_of(text, at), None)
}

/// Whether the character follows from those before it.
fn follows(text: &[char], at: usize) -> Option<Reason> {
    let last = |length: usize| (at + 1).checked_sub(length).map(|start| &text[start..=at]);
    if last(patterns::RUN).is_some_and(patterns::is_sequence) {
        Some(Reason::Sequence)
    } else if last(patterns::RUN).is_some_and(patterns::is_walk) {
        Some(Reason::Keyboard)
    } else if last(3).is_some_and(|run| patterns::is_echo(&text[..at], run)) {
        Some(Reason::Repeats)
    } else {
        None
    }
}

fn worth_of(text: &[char], at: usize) -> u32 {
    let c = text[at];
    let before = at.checked_sub(1).map(|index| text[index]);
    if is_separator(c) && before.is_some_and(|c| !matches!(class(c), Class::Digit | Class::Symbol)) {
        return SEPARATOR;
    }
    let change = match before {
        Some(before) if !is_separator(before) && class(before) != class(c) => CHANGE,
        _ => 0,
    };
    change + worth_alone(text, at)
}

fn worth_alone(text: &[char], at: usize) -> u32 {
    let c = text[at];
    match class(c) {
        Class::Letter => {
            let capital = if c.is_ascii_uppercase() { CAPITAL_EXTRA } else { 0 };
            let cluster = at >= 2 && text[at - 2..=at].iter().all(|c| is_consonant(*c));
            capital + if cluster { LETTER_AT_RANDOM } else { LETTER_OF_WORD }
        }
        Class::Digit => DIGIT,
        Class::Symbol => SYMBOL,
        Class::Ideograph => IDEOGRAPH,
        Class::OtherLetter => OTHER_LETTER,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Symbol,
    Ideograph,
    OtherLetter,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{3FFFF}' => Class::Ideograph,
        other if other.is_ascii() => Class::Symbol,
        _ => Class::OtherLetter,
    }
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '-')
}

fn is_consonant(c: char) -> bool {
    c.is_ascii_alphabetic() && !matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}
