//! Regain: directory.
