//! Server functions: each reads its form, calls one service method, and ends in a redirect.

pub mod admin;
