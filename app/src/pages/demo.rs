//! Pages of demo mode.

pub mod outbox;
