//! The outcomes: what each looks like to whoever uses the crate, and what the judges say.

mod down;
mod rules;
mod states;
mod writes;

pub use down::{directory_down, unknown_outcome};
pub use rules::{banned_by_filter, history, minimum_age, too_short};
pub use states::{disabled, expired, locked, must_change, protected};
pub use writes::{change, reset, unlock};

use regain_core::secret::Secret;
use regain_directory::{Done, Failure, Refusal};

/// A password that every policy of the bed takes, also the one that wants twelve characters.
const NEW: &str = "Fresh#Harbour27";
/// Another one.
const OTHER: &str = "Quiet#Meadow31!";

fn secret(text: &str) -> Secret {
    Secret::from(text)
}

/// Everything was done.
fn done() -> Result<Done, Failure> {
    Ok(Done::default())
}

fn refused<T>(refusal: Refusal) -> Result<T, Failure> {
    Err(Failure::Refused(refusal))
}
