//! Regain: channels.
