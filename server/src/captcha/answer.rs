//! What a person, or a person's browser, answered.

use regain_core::code::OneTimeCode;
use regain_core::pow;
use subtle::ConstantTimeEq;
use unicode_normalization::UnicodeNormalization;

/// The fields of the form, as they arrived. One of the three answers is enough.
#[derive(Clone, Copy, Default)]
pub struct Answer<'a> {
    /// *Characters you see or hear*: the letters of the picture or the digits of the sound.
    pub characters: &'a str,
    /// What the browser found by itself, in decimal; empty without it.
    pub nonce: &'a str,
}

impl Answer<'_> {
    /// Whether the typed characters are the letters of the picture, whatever their case, width and
    /// spacing.
    pub(super) fn reads(&self, letters: &str) -> bool {
        plain(self.characters).as_bytes().ct_eq(letters.as_bytes()).into()
    }

    /// Whether the typed characters are the digits of the sound, typed as codes may be typed.
    pub(super) fn hears(&self, digits: &str) -> bool {
        OneTimeCode::parse(self.characters)
            .is_ok_and(|typed| typed.expose().as_bytes().ct_eq(digits.as_bytes()).into())
    }

    /// Whether the work was done.
    pub(super) fn worked(&self, seed: &str, bits: u8) -> bool {
        self.nonce.parse().is_ok_and(|nonce| pow::check(seed, bits, nonce))
    }
}

/// More than any answer has; a longer text is wrong after as many.
const MOST_CHARACTERS: usize = 64;

/// The letters that were meant: in upper case, without what people put between them.
fn plain(typed: &str) -> String {
    let spacing = |c: &char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}');
    typed.nfkc().filter(|c| !spacing(c)).take(MOST_CHARACTERS).map(meant).collect()
}

/// A character that no picture has stands for the letter it was mistaken for, where there is but one.
fn meant(typed: char) -> char {
    match typed.to_ascii_uppercase() {
        'E' => 'F',
        'G' => 'C',
        'O' | 'Q' | '0' => 'D',
        other => other,
    }
}
