//! The POSTs of the phone's pages that are no signed calls.

pub mod password;
