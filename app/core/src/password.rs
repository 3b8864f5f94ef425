//! Passwords: which are accepted, how strong they look, and one to suggest.

pub mod profile;

pub use profile::{PasswordProfile, ProfileKind};
