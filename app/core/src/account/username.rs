//! The name that a person types to sign in or to start a reset.

use crate::text;

/// The longest name that is looked up, in characters: the longest user principal name (113) and room
/// for the names that other directories have.
const MAX_CHARS: usize = 256;

/// What is wrong with a typed name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsernameProblem {
    /// Nothing was typed.
    Empty,
    /// More than 256 characters.
    TooLong,
    /// It holds characters that cannot be seen.
    Invisible,
}

impl UsernameProblem {
    /// The code of the text in the catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            UsernameProblem::Empty => "username-empty",
            UsernameProblem::TooLong => "username-too-long",
            UsernameProblem::Invisible => "username-invisible",
        }
    }
}

/// A name as typed, with the key that all its spellings share (T11).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Username {
    typed: String,
    key: String,
}

impl Username {
    /// Reads a typed name: surrounding blanks go, width and composition are evened out.
    pub fn parse(text: &str) -> Result<Self, UsernameProblem> {
        if text.len() > MAX_CHARS * 4 {
            return Err(UsernameProblem::TooLong);
        }
        let normal = text::nfkc(text.trim());
        let typed = normal.trim();
        if typed.is_empty() {
            return Err(UsernameProblem::Empty);
        }
        if typed.chars().any(text::is_invisible) {
            return Err(UsernameProblem::Invisible);
        }
        let key = text::canonical(typed);
        if typed.chars().count() > MAX_CHARS || key.chars().count() > MAX_CHARS {
            return Err(UsernameProblem::TooLong);
        }
        Ok(Self { typed: typed.to_owned(), key })
    }

    /// The name as it was typed, without surrounding blanks. Show it; never look it up.
    pub fn as_typed(&self) -> &str {
        &self.typed
    }

    /// The key to look up and to count by: the same for every spelling.
    pub fn key(&self) -> &str {
        &self.key
    }
}
