//! Pages, one file for each address.

pub mod admin;
pub mod another;
pub mod authenticator;
pub mod demo;
pub mod error;
pub mod help;
pub mod home;
pub mod not_found;
pub mod register;
pub mod report;
pub mod reset;
pub mod security_info;
pub mod signin;
mod toll;
