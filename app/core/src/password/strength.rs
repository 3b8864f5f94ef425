//! How hard a password looks to guess: the one function behind the meter, in the browser and on the server.
//!
//! It looks for what guessing programs try first (common words, repeats, sequences, rows of keys, years)
//! and adds up what the rest is worth. It refuses nothing; rules and lists do.

mod cost;
mod patterns;

use super::banned;
use super::problem::PasswordProblem;
use super::profile::PasswordProfile;
use super::rules;

/// What is looked at; the rest of a longer password can only make it stronger.
const LOOKED_AT: usize = 128;

/// The least bits of *Fair*, *Good* and *Strong*, in tenths. An online guesser has few tries; these are
/// chosen so that six random words are strong and a decorated common word is weak.
const FAIR: u32 = 280;
const GOOD: u32 = 400;
const STRONG: u32 = 520;

text_enum! {
    /// The level that the meter shows.
    pub enum Level {
        /// Refused: too short, or the rules are broken otherwise.
        Unacceptable = "unacceptable",
        /// Weak.
        Weak = "weak",
        /// Fair.
        Fair = "fair",
        /// Good.
        Good = "good",
        /// Strong.
        Strong = "strong",
    }
}

impl Level {
    /// The meter's value, 0 to 4.
    pub const fn value(self) -> u8 {
        self as u8
    }
}

text_enum! {
    /// The main reason for the level, with which the text says one thing to do.
    pub enum Reason {
        /// A rule is broken; the list of rules says which.
        Rules = "rules",
        /// A very common word makes up much of it.
        CommonWord = "common_word",
        /// Characters or parts are repeated.
        Repeats = "repeats",
        /// Letters or digits follow one another, as in `abc` or `321`.
        Sequence = "sequence",
        /// Neighbouring keys, as in `qwerty`.
        Keyboard = "keyboard",
        /// A year or a date.
        Year = "year",
        /// No pattern: it is only short.
        Longer = "longer",
        /// Nothing to improve.
        Nothing = "nothing",
    }
}

/// What the meter shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strength {
    /// The level.
    pub level: Level,
    /// Its main reason.
    pub reason: Reason,
}

/// What browser and server both say about a password: the broken rules, and the strength.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The broken rules; empty when the lists alone can still refuse it.
    pub problems: Vec<PasswordProblem>,
    /// What the meter shows.
    pub strength: Strength,
}

/// Judges a password as far as that needs no lists. `normalized` is `typed` after NFKC, `folded` the same as
/// [`crate::text::folded`] makes it; `names` are the parts of names that it must not contain.
pub fn judge(
    typed: &str,
    normalized: &str,
    folded: &str,
    profile: &PasswordProfile,
    names: &[String],
) -> Judgement {
    let mut problems = rules::check(typed, normalized, profile);
    if banned::contains_part(folded, names) {
        problems.push(PasswordProblem::ContainsName);
    }
    let strength = if problems.is_empty() {
        strength(normalized)
    } else {
        Strength { level: Level::Unacceptable, reason: Reason::Rules }
    };
    Judgement { problems, strength }
}

/// The strength of a password that breaks no rule.
fn strength(normalized: &str) -> Strength {
    let text: Vec<char> = normalized.chars().take(LOOKED_AT).collect();
    let estimate = cost::estimate(&text);
    let level = match estimate.tenth_bits {
        STRONG.. => Level::Strong,
        GOOD.. => Level::Good,
        FAIR.. => Level::Fair,
        _ => Level::Weak,
    };
    let reason = if level == Level::Strong { Reason::Nothing } else { estimate.main_reason() };
    Strength { level, reason }
}
