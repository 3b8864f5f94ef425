//! Regain from outside, over HTTP: one binary, because linking the server takes longer than testing it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may: the failure is its message"
)]

mod audit;
mod change_password;
mod every_answer;
mod gateways;
mod help;
mod landing;
mod lockout;
mod messages;
mod metrics;
mod outbox;
mod policy;
mod register;
mod reset;
mod security_info;
mod sign_in;
mod step_up;
mod support;
mod upkeep;
