//! The reset and unlock wizard, walked as a browser walks it.

mod after;
mod calls;
mod codes;
mod decoys;
mod ends;
mod entry;
mod gates;
mod limits;
mod policy;
mod questions;
mod races;
mod steps;
mod unlock;
mod walk;
