//! Codes that people read and type.

mod one_time;
mod support;

pub use one_time::{CodeLength, CodeProblem, OneTimeCode};
pub use support::SupportCode;
