//! Faults of the database and of the machine (security reference, section 3), each caused for real.

mod clock;
mod disk;
mod downloads;
mod everywhere;
mod locked;
mod network;
mod nodes;
mod retention;
mod start;
