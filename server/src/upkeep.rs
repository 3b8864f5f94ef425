//! Keeping an installation: one server on one SQLite file, copies of it, keys, and whether all is well.

pub mod backup;
pub mod check;
pub mod clock;
pub mod files;
pub mod restore;
pub mod rotate;
pub mod single;
