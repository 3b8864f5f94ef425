//! Passwords: which are accepted, how strong they look, and one to suggest.

pub mod banned;
pub mod new_password;
pub mod passphrase;
pub mod problem;
pub mod profile;
pub mod rules;
pub mod strength;

pub use banned::BannedWords;
pub use new_password::{Blocklists, NewPassword, Person, normalize};
pub use problem::PasswordProblem;
pub use profile::{PasswordProfile, ProfileKind};
pub use strength::{Judgement, Level, Reason, Strength, judge};
