//! Local accounts keep a verifier in Regain's own database; this makes and checks it.

mod argon2id;
mod hasher;
mod imported;
mod verifier;

pub use hasher::{HashError, Hasher, Peppers, Place};
pub use verifier::Verdict;
