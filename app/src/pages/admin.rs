//! The admin portal, `/admin`.

use crate::services::policy::Count;
use crate::text::t_args;

pub mod audit_logs;
pub mod authentication_methods_policy;
pub mod branding;
pub mod channels;
pub mod coverage;
pub mod groups;
pub mod hardware_tokens;
mod listing;
pub mod messages;
pub mod overview;
pub mod password_protection;
pub mod password_reset;
pub mod roles;
pub mod support_code;
pub mod usage_insights;
pub mod users;

/// A number of people, as a text: *1 person*, *more than 100,000 people*.
fn count_text(count: Count) -> String {
    let key = if count.more { "policy-people-more" } else { "policy-people" };
    t_args(key, &[("n", count.number.to_string())])
}
