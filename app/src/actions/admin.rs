//! POSTs of the admin portal.

pub mod password_reset;
