//! `/security-info`

pub mod change_password;
