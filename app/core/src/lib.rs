//! The rules of Regain.
