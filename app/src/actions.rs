//! Server functions: each reads its form, calls one service method, and ends in a redirect.

#![allow(missing_docs, reason = "the macro makes each argument a public field and cannot document it")]

pub mod admin;
pub mod authenticator;
pub mod help;
pub mod register;
pub mod reset;
pub mod security_info;
pub mod signin;
pub mod signout;
