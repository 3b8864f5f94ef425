//! Codes that people read and type.

mod crockford;
mod one_time;
mod pairing;
mod recovery;
mod support;
mod temporary_pass;

pub use one_time::{CodeLength, CodeProblem, OneTimeCode};
pub use pairing::PairingCode;
pub use recovery::RecoveryCode;
pub use support::SupportCode;
pub use temporary_pass::PassCode;
