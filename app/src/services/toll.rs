//! A CAPTCHA that a source over its limit solves before an answer of it is looked at.

use regain_core::form::FormState;
use regain_core::pow::Challenge;

/// The name under which the wish for a new picture is posted, and kept for the page that shows it.
pub const ANOTHER: &str = "another";

/// A form whose page shows another picture.
pub fn another_picture(form: FormState) -> FormState {
    form.with_value(ANOTHER, "yes")
}

/// A CAPTCHA before an answer.
#[derive(Clone, Debug)]
pub struct Toll {
    /// Sealed; all there is to know about it.
    pub token: String,
    /// The work that spares the characters.
    pub challenge: Challenge,
}

/// What came back of it; empty where nothing was asked.
#[derive(Clone, Debug, Default)]
pub struct Solved {
    /// The sealed token.
    pub captcha: String,
    /// *Characters you see or hear*.
    pub characters: String,
    /// What the browser found by itself.
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
