//! What reports read instead of the audit log: counts by hour, and many people's methods at once.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use crate::{AuditRecord, Method, Result};

/// Microseconds in an hour.
const HOUR: i64 = 3_600_000_000;
/// The services whose records are counted: reset, unlock, change; registration.
const COUNTED: [&str; 2] = ["Self-service Password Management", "Authentication Methods"];

/// How often something happened in a span of hours.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct UsageCount {
    /// The span, from 0 for the first.
    pub span: i64,
    /// What was done.
    pub activity: String,
    /// The method that took part, as the record's details name it; may be empty.
    pub method: String,
    /// `success` or `failure`.
    pub result: String,
    /// Why, or which step.
    pub reason: String,
    /// How often.
    pub count: i64,
}

/// What decides about many people, to be sorted out by `user_id`.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// Their registered methods.
    pub methods: Vec<Method>,
    /// Which questions each has answered.
    pub answers: Vec<(Uuid, String)>,
    /// What changed lately about their methods and contact data, by key, and when.
    pub changes: Vec<(Uuid, String, Timestamp)>,
    /// Of the addresses and numbers that their methods go to: what is known of each.
    pub marks: Vec<(String, String)>,
    /// Their roles, as stored.
    pub roles: Vec<(Uuid, String)>,
    /// Which of the groups each is in, directly or through nested groups.
    pub members: Vec<(Uuid, Uuid)>,
}

/// Counts and rosters.
#[async_trait]
pub trait Usage {
    /// How often what was written since the beginning of the hour `since`, by spans of `hours` hours from then on.
    async fn usage(&mut self, since: Timestamp, hours: i64) -> Result<Vec<UsageCount>>;
    /// Forgets the counts of hours that ended before `before`.
    async fn sweep_usage(&mut self, before: Timestamp) -> Result<u64>;
    /// What decides about these people; `groups` are those whose members are asked for.
    async fn roster(&mut self, users: &[Uuid], groups: &[Uuid]) -> Result<Roster>;
}

/// The hour that an instant is in.
pub(crate) fn hour(at: Timestamp) -> i64 {
    at.micros().div_euclid(HOUR)
}

/// Whether a record is counted.
pub(crate) fn is_counted(record: &AuditRecord) -> bool {
    COUNTED.contains(&record.service.as_str())
}

/// The method that a record is about.
pub(crate) fn method_of(record: &AuditRecord) -> String {
    #[derive(Deserialize)]
    struct Details {
        #[serde(default)]
        method: String,
    }
    serde_json::from_str(&record.details).map(|details: Details| details.method).unwrap_or_default()
}
