//! The reset and unlock wizard, walked as a browser walks it.

mod after;
mod calls;
mod codes;
mod comfort;
mod decoys;
mod drill;
mod ends;
mod entered;
mod entry;
mod gates;
mod hold;
mod keys;
pub mod limits;
mod numbers;
mod offered;
mod pairs;
mod policy;
mod questions;
mod races;
mod secrecy;
mod spellings;
mod steps;
mod told;
mod toll;
mod truth;
mod unlock;
pub(crate) mod walk;
