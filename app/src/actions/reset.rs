//! The POSTs of the reset and unlock wizard, at the addresses of its pages.

pub mod cancel;
pub mod drill;
pub mod method;
pub mod passkey;
pub mod password;
pub mod phone;
pub mod questions;
pub mod start;
pub mod unlock;
pub mod verify;
pub mod why;

use regain_core::form::FormState;

use crate::outcome::Outcome;
use crate::services::toll::{Solved, another_picture};

/// What was solved before an answer, or where *New picture* leads, with what was typed: nothing is judged then.
fn unless_another(solved: Solved, page: &str, typed: FormState) -> Result<Solved, Outcome> {
    if solved.another { Err(Outcome::refused(page, another_picture(typed))) } else { Ok(solved) }
}
