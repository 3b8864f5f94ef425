//! The rules of Regain, pure: the same code judges in the browser and on the server.
//!
//! Nothing here reads a clock, a network, a file or a source of randomness: what a rule needs is an
//! argument (see [`time`] and [`entropy`]).
#![forbid(unsafe_code)]

#[macro_use]
mod text_enum;

pub mod account;
pub mod authenticator;
pub mod caller;
pub mod code;
pub mod contact;
pub mod coverage;
pub mod eligibility;
pub mod entropy;
pub mod flow;
pub mod form;
pub mod gsm7;
pub mod hardware_token;
pub mod limits;
pub mod lockout;
pub mod method;
pub mod network;
pub mod next_path;
pub mod password;
pub mod policy;
pub mod pow;
pub mod questions;
pub mod registration;
pub mod role;
pub mod secret;
pub mod template;
pub mod temporary_pass;
pub mod time;

pub mod text;

pub use text_enum::UnknownName;
