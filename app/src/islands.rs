//! What runs in the browser. Each island enhances elements that the server rendered, found by their ids: it shows
//! a button that needs scripts, keeps a text up to date, and adds no element of its own. A page is complete without
//! any of them.
//!
//! An island takes strings and numbers as props, its texts included. It must stay small, because every page pays for
//! all of them: no regular expressions, no catalogue, no router, as little formatting as possible.

#![allow(missing_docs, reason = "the macro adds public items to each island and cannot document them")]

mod copy_button;
mod dirty_guard;
mod dom;
mod fold;
mod group_filter;
mod password_rules;
mod proof_of_work;
mod push_wait;
mod resend_countdown;
mod show_password;

pub use copy_button::*;
pub use dirty_guard::*;
pub use group_filter::*;
pub use password_rules::*;
pub use proof_of_work::*;
pub use push_wait::*;
pub use resend_countdown::*;
pub use show_password::*;
