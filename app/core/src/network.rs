//! Where requests come from, and the networks that settings name.

mod cidr;
mod forwarded;
mod source;

pub use cidr::{Network, NoNetwork};
pub use forwarded::{Unreadable, client};
pub use source::Source;
