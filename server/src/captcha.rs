//! The CAPTCHA: characters in a picture, digits in a sound, or a proof of work that needs neither
//! eyes nor ears.
//!
//! Nothing is stored when a page with a CAPTCHA is shown. All there is to know travels in a sealed
//! token, from which picture and sound are drawn when they are fetched. Only an answer touches the
//! database, and in this order, so that a token buys one attempt and no more:
//!
//! 1. [`open`] the token,
//! 2. record [`Opened::id`] as spent, until [`Opened::expires`], and stop if it already was,
//! 3. [`Opened::judge`] the answer.
//!
//! A CAPTCHA prices an attack and proves nothing about a person: the limits hold with all of them
//! solved.

mod answer;
mod drawings;
mod pattern;
mod picture;
mod sound;
mod spline;
mod token;
mod verdict;

pub use answer::Answer;
pub use drawings::Drawings;
pub use token::{Action, Effort, Issued, LIFE, Refused, TokenId, issue};
pub use verdict::{Opened, Passed, WrongAnswer, open};

use crate::crypto::Keys;
use regain_core::time::Timestamp;

/// The picture of a token, as PNG; `None` if the token is not ours or has expired.
pub fn picture(keys: &Keys, now: Timestamp, token: &str) -> Option<Vec<u8>> {
    let contents = token::contents(keys, now, token).ok()?;
    picture::draw(&contents.letters, contents.id.as_bytes())
}

/// The sound of a token, as WAV; `None` if the token is not ours or has expired.
pub fn sound(keys: &Keys, now: Timestamp, token: &str) -> Option<Vec<u8>> {
    let contents = token::contents(keys, now, token).ok()?;
    Some(sound::speak(&contents.digits, contents.id.as_bytes()))
}

#[cfg(test)]
mod tests;
