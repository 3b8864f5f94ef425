//! Points for a password: one for each banned term, one for each other character; five are enough.

use super::matches::places;
use super::normalized;
use crate::password::problem::PasswordProblem;

/// Fewer points are refused (R170).
pub const ENOUGH_POINTS: usize = 5;

/// Base words that people build passwords from. This list applies always (R163).
const GLOBAL: &str = include_str!("../banned_words.txt");

/// Whose list a term is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Global,
    Custom,
}

/// The terms of both lists, normalised.
#[derive(Clone, Debug)]
pub struct BannedWords {
    terms: Vec<(Vec<char>, Origin)>,
}

/// What a password scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// One for each banned term and one for each other character, as few as possible.
    pub points: usize,
    /// Whether terms of the global list made the score.
    pub global: bool,
    /// Whether terms of the administrator's list made the score.
    pub custom: bool,
}

impl Score {
    /// Whether the password is accepted.
    pub const fn is_enough(self) -> bool {
        self.points >= ENOUGH_POINTS
    }
}

impl BannedWords {
    /// The global list and the administrator's terms.
    pub fn new<S: AsRef<str>>(custom: &[S]) -> Self {
        let global = GLOBAL.split_whitespace().map(|term| (term, Origin::Global));
        Self::of(global.chain(custom.iter().map(|term| (term.as_ref(), Origin::Custom))))
    }

    /// The given terms alone, as if they were the administrator's, without the global list.
    pub fn only<S: AsRef<str>>(terms: &[S]) -> Self {
        Self::of(terms.iter().map(|term| (term.as_ref(), Origin::Custom)))
    }

    fn of<'a>(terms: impl Iterator<Item = (&'a str, Origin)>) -> Self {
        let terms = terms.map(|(term, origin)| (normalized(term.trim()).chars().collect(), origin));
        Self { terms: terms.filter(|(term, _): &(Vec<char>, Origin)| !term.is_empty()).collect() }
    }

    /// Scores a password: of all ways to cut it into terms and other characters, the one with the fewest
    /// points.
    pub fn score(&self, password: &str) -> Score {
        let text = normalized(password).chars().collect::<Vec<char>>();
        let mut ends: Vec<Vec<(usize, Origin)>> = vec![Vec::new(); text.len() + 1];
        for (term, origin) in &self.terms {
            for place in places(&text, term) {
                ends[place.end].push((place.start, *origin));
            }
        }
        let mut best = vec![Score::default()];
        for end in 1..=text.len() {
            let terms = ends[end].iter().map(|(start, origin)| step(best[*start], Some(*origin)));
            let character = step(best[end - 1], None);
            let fewest = terms.fold(character, |a, b| if b.points < a.points { b } else { a });
            best.push(fewest);
        }
        best.pop().unwrap_or_default()
    }

    /// Why the lists refuse a password, if they do. A term of the administrator's is named as the reason
    /// before one of the global list (R175).
    pub fn problem(&self, password: &str) -> Option<PasswordProblem> {
        let score = self.score(password);
        if score.is_enough() {
            return None;
        }
        Some(if score.custom { PasswordProblem::BlockedByAdministrator } else { PasswordProblem::TooEasy })
    }
}

fn step(before: Score, term: Option<Origin>) -> Score {
    Score {
        points: before.points + 1,
        global: before.global || term == Some(Origin::Global),
        custom: before.custom || term == Some(Origin::Custom),
    }
}
