//! *This wasn’t me*, behind the links of mails.

use async_trait::async_trait;
use regain_core::time::Timestamp;

use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// What a link is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportView {
    /// Which mail told it, such as `notice-password-reset`.
    pub kind: String,
    /// When it was done.
    pub at: Timestamp,
    /// Whether a report signs everybody out and removes what was added since.
    pub ends_sessions: bool,
    /// Whether it takes away the password that was set.
    pub ends_password: bool,
}

/// Reports of what mails told. What the link ends in is the only authority.
#[async_trait]
pub trait Reports: Send + Sync {
    /// What the link with this end is about. `None` where it does not work, for whatever reason. Changes nothing.
    async fn report_page(&self, token: &str) -> Result<Option<ReportView>, Failure>;
    /// Reports it, once; the same again leads where the first one led.
    async fn report(&self, visit: &Visit, token: &str) -> Answer;
}
