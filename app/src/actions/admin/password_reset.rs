//! POSTs of the policy tabs.

pub mod administrator_policy;
pub mod authentication_methods;
pub mod customization;
pub mod notifications;
pub mod on_premises_integration;
pub mod properties;
pub mod registration;
pub mod security_questions;
