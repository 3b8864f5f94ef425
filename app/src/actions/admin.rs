//! POSTs of the admin portal.

pub mod branding;
pub mod password_protection;
pub mod password_reset;
