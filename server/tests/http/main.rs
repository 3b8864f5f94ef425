//! Regain from outside, over HTTP: one binary, because linking the server takes longer than testing it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may: the failure is its message"
)]

mod access;
mod assess;
mod audit;
mod authenticator;
mod change_password;
mod command_line;
mod cookieless;
mod crash;
mod demo;
mod directory;
mod every_answer;
mod expiry;
mod factors;
mod faults;
mod flood;
mod forbidden;
mod forms;
mod gateways;
mod hardware_tokens;
mod help;
mod home;
mod landing;
mod listener;
mod lockout;
mod log;
mod long_input;
mod mail_addresses;
mod messages;
mod metrics;
mod nul;
mod origins;
mod outbox;
mod panics;
mod passes;
mod people;
mod policy;
mod refusals;
mod register;
mod report;
mod reset;
mod second_factor;
mod security_info;
mod side_doors;
mod sign_in;
mod sources;
mod spelling;
mod step_up;
mod support;
mod support_codes;
mod times;
mod upkeep;
mod usage;
mod user_page;
