//! The crate against real directories: three of them, fourteen outcomes, and what happens when the line or the certificate
//! is bad. `cargo xtask test` starts them; `cargo xtask directories` does for tests that one runs oneself.
//!
//! Each success and each refusal is confirmed by programs that are not ours ([`judges`]). Each test makes its own accounts, so
//! that all run at once and one that is locked is nobody else's.
#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "../support/accounts.rs"]
mod accounts;
#[path = "../support/bed.rs"]
mod bed;
#[path = "../support/client.rs"]
mod client;
#[path = "../support/judges.rs"]
mod judges;
#[path = "../support/proxy.rs"]
mod proxy;

mod cells;
mod dialect;
mod faults;
mod house;
mod matrix;
mod published;
mod service_account;
