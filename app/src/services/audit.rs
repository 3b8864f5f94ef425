//! The audit log.

use async_trait::async_trait;
use regain_core::form::FormState;
use regain_core::time::Timestamp;

use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// The query parameters of the filter, which are also the names of its fields.
pub mod filter {
    /// Exact service.
    pub const SERVICE: &str = "service";
    /// Exact activity.
    pub const ACTIVITY: &str = "activity";
    /// `success` or `failure`.
    pub const RESULT: &str = "result";
    /// A user principal name.
    pub const PERSON: &str = "person";
    /// A support code.
    pub const CODE: &str = "code";
    /// First day, `YYYY-MM-DD`, in the organisation's zone.
    pub const FROM: &str = "from";
    /// Last day.
    pub const UNTIL: &str = "until";
    /// Where the page begins.
    pub const BEFORE: &str = "before";
    /// All that filter.
    pub const ALL: [&str; 7] = [SERVICE, ACTIVITY, RESULT, PERSON, CODE, FROM, UNTIL];
}

/// One row of the log.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place in the chain.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Which part of the product.
    pub service: String,
    /// Which kind of thing.
    pub category: String,
    /// What was done.
    pub activity: String,
    /// Whether it worked.
    pub success: bool,
    /// Why, or which step.
    pub reason: String,
    /// Who did it: display name; may be empty.
    pub actor_name: String,
    /// Who did it: user principal name; may be empty.
    pub actor_upn: String,
    /// From where.
    pub address: String,
    /// With what.
    pub client: String,
    /// `user`, `group`, `policy`, …
    pub target_kind: String,
    /// What it was done to.
    pub target_name: String,
    /// The support code of the flow or session.
    pub code: String,
    /// What changed.
    pub changes: Vec<Change>,
    /// What else is known: name and value.
    pub facts: Vec<(String, String)>,
}

/// A changed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Of what, as a field's name.
    pub property: String,
    /// Before.
    pub old: String,
    /// Now.
    pub new: String,
}

/// A page of the log.
#[derive(Clone, Debug)]
pub struct AuditPage {
    /// What was asked for, with problems where it could not be read.
    pub form: FormState,
    /// Rows, newest first.
    pub entries: Vec<Entry>,
    /// The query of the next page, older rows; `None` on the last.
    pub older: Option<String>,
    /// Whether there are newer rows than the page's.
    pub paged: bool,
    /// The query that repeats the filter, without a leading `?`; empty when nothing is filtered.
    pub query: String,
    /// For how many days records are kept.
    pub kept_days: u32,
    /// Services there are.
    pub services: &'static [&'static str],
    /// Activities there are.
    pub activities: &'static [&'static str],
}

/// For how long records are kept.
#[derive(Clone, Debug)]
pub struct RetentionView {
    /// For how many days.
    pub days: u32,
    /// The fewest days that can be chosen,
    pub least: u32,
    /// and the most.
    pub most: u32,
    /// Of the saved setting.
    pub version: i64,
    /// Whether this person may save it.
    pub may_save: bool,
}

/// Everything under one support code.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// What was asked for, with problems where it could not be read.
    pub form: FormState,
    /// The code as it is written; empty before one was asked for.
    pub code: String,
    /// Rows, oldest first.
    pub entries: Vec<Entry>,
    /// There are more rows than are shown.
    pub more: bool,
}

/// The audit log. Reading needs the right to read it; one support code may also be looked up by the help desk.
#[async_trait]
pub trait AuditLog: Send + Sync {
    /// The page that the visit's query asks for.
    async fn page(&self, visit: &Visit) -> Result<AuditPage, Failure>;
    /// One row.
    async fn entry(&self, visit: &Visit, seq: &str) -> Result<Entry, Failure>;
    /// For how long records are kept.
    async fn retention(&self, visit: &Visit) -> Result<RetentionView, Failure>;
    /// Saves it.
    async fn save_retention(&self, visit: &Visit, version: &str, typed: FormState) -> Answer;
    /// What stands under the support code of the visit's query. Settings' values are left out.
    async fn story(&self, visit: &Visit) -> Result<Story, Failure>;
}
