//! Regain: store.
