//! POSTs of the admin portal.

pub mod audit_logs;
pub mod authentication_methods_policy;
pub mod branding;
pub mod channels;
pub mod groups;
pub mod hardware_tokens;
pub mod messages;
pub mod passes;
pub mod password_protection;
pub mod password_reset;
pub mod users;
