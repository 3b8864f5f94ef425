//! Regain from outside, over HTTP: one binary, because linking the server takes longer than testing it.

mod every_answer;
mod support;
