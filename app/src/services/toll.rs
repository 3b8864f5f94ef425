//! A CAPTCHA that a source over its limit solves before an answer of it is looked at.

use regain_core::pow::Challenge;

/// A CAPTCHA before an answer.
#[derive(Clone, Debug)]
pub struct Toll {
    /// Sealed; all there is to know about it.
    pub token: String,
    /// For *Check without typing*.
    pub challenge: Challenge,
}

/// What came back of it; empty where nothing was asked.
#[derive(Clone, Debug, Default)]
pub struct Solved {
    /// The sealed token.
    pub captcha: String,
    /// *Characters you see or hear*.
    pub characters: String,
    /// What *Check without typing* found.
    pub solution: String,
    /// *New picture*: nothing is judged.
    pub another: bool,
}

impl Solved {
    /// As the fields of a form have it.
    pub fn posted(captcha: String, characters: String, solution: String, another: &str) -> Self {
        Self { captcha, characters, solution, another: !another.is_empty() }
    }
}
