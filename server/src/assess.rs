//! An assessment of a directory: who could reset their own password today by what is on file, and what stands in the way.
//!
//! It is pure. [`Analysis`] takes people one by one and keeps of each the name and a few bits; at the end it is told what the
//! password policies say and what the service account may do, and becomes an [`Assessment`], which [`text`], [`json`] and
//! [`html`] write down. Each kind of problem is described once, in `problem/`.

mod analysis;
mod assessment;
mod contact;
mod containers;
mod coverage;
mod delegation;
mod facts;
mod finding;
mod html;
mod json;
mod place;
mod policies;
mod problem;
mod rights;
mod roll;
mod sections;
mod shared;
#[cfg(test)]
mod tests;
mod text;
mod totals;
mod words;

pub use analysis::Analysis;
pub use assessment::{Assessment, Subject};
pub use html::html;
pub use json::json;
pub use rights::Seen;
pub use text::text;
