//! Regain from outside, over HTTP: one binary, because linking the server takes longer than testing it.

mod change_password;
mod every_answer;
mod lockout;
mod sign_in;
mod support;
