//! The POSTs of the reset and unlock wizard, at the addresses of its pages.

pub mod cancel;
pub mod drill;
pub mod method;
pub mod passkey;
pub mod password;
pub mod phone;
pub mod questions;
pub mod start;
pub mod unlock;
pub mod verify;
pub mod why;
