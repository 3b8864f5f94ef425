//! Authenticators: phones that hold a key of their own. Here is what proves that a call comes from one, how one is
//! paired, and how many connections it may keep; what it asks for is in `services/authenticator`.

mod call;
mod pairing;
mod streams;

pub use call::{Call, CallProblem};
pub use streams::{Listening, Streams};
