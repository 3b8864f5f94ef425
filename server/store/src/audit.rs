//! The audit log: hash-chained, append-only.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use sha2::{Digest, Sha256};

use crate::Result;

/// What happened. Everything in it is safe to show: never a code, password, answer, seed or token.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRecord {
    /// When.
    pub at: Timestamp,
    /// `Self-service Password Management`, `Authentication Methods`, …
    pub service: String,
    /// `UserManagement`, `Policy`, …
    pub category: String,
    /// What was done.
    pub activity: String,
    /// `success` or `failure`.
    pub result: String,
    /// Why, or which step.
    pub reason: String,
    /// Row id of who did it; empty when unknown.
    pub actor_id: String,
    /// Display name of who did it.
    pub actor_name: String,
    /// User principal name of who did it.
    pub actor_upn: String,
    /// From where.
    pub address: String,
    /// With what.
    pub client: String,
    /// `user`, `group`, `policy`, …
    pub target_kind: String,
    /// Row id of what it was done to.
    pub target_id: String,
    /// Its name.
    pub target_name: String,
    /// The support code of the flow or session.
    pub correlation: String,
    /// More, as a JSON object.
    pub details: String,
}

/// A record in its place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// Place, from 1 without gaps.
    pub seq: i64,
    /// The record.
    #[sqlx(flatten)]
    pub record: AuditRecord,
    /// Hash of the row before; zeros for the first.
    pub previous: Vec<u8>,
    /// Hash of this row.
    pub hash: Vec<u8>,
}

impl AuditRow {
    /// The hash this row must have: SHA-256 over the place, the row before and every field, each with its length.
    pub fn expected_hash(&self) -> Vec<u8> {
        let record = &self.record;
        let mut hasher = Sha256::new();
        hasher.update(self.seq.to_be_bytes());
        hasher.update(&self.previous);
        hasher.update(record.at.0.to_be_bytes());
        let fields = [
            &record.service,
            &record.category,
            &record.activity,
            &record.result,
            &record.reason,
            &record.actor_id,
            &record.actor_name,
            &record.actor_upn,
            &record.address,
            &record.client,
            &record.target_kind,
            &record.target_id,
            &record.target_name,
            &record.correlation,
            &record.details,
        ];
        for field in fields {
            hasher.update((field.len() as u64).to_be_bytes());
            hasher.update(field.as_bytes());
        }
        hasher.finalize().to_vec()
    }
}

/// Where the log begins: its last record that was cut.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditCut {
    /// Its place.
    pub seq: i64,
    /// Its hash, which the first record that is left continues.
    pub hash: Vec<u8>,
    /// How many records went by now.
    pub rows: i64,
    /// When the last of them went.
    pub at: Timestamp,
    /// Who cut.
    pub cut_by: String,
    /// All of this, sealed with a key that the database does not have.
    pub seal: Vec<u8>,
}

/// Which rows a list or an export shows. Empty fields do not filter.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Exact service.
    pub service: String,
    /// Exact activity.
    pub activity: String,
    /// `success` or `failure`.
    pub result: String,
    /// Actor's UPN or target's name, exact, any case.
    pub person: String,
    /// Exact support code.
    pub correlation: String,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

/// The audit log.
#[async_trait]
pub trait Audit {
    /// Appends a record to the chain. Account locks ([`crate::Tx::lock`]) come before the first append.
    async fn append(&mut self, record: &AuditRecord) -> Result<()>;
    /// Does all that appending does, and takes it back: what is not written down must take no less time than what is, or
    /// the time would tell why. The transaction stands.
    async fn append_in_vain(&mut self, record: &AuditRecord) -> Result<()>;
    /// Appends many records in one go.
    async fn append_all(&mut self, records: &[AuditRecord]) -> Result<()>;
    /// Rows newest first, below `before` (`i64::MAX` for the newest).
    async fn audit_rows(&mut self, filter: &AuditFilter, before: i64, limit: i64) -> Result<Vec<AuditRow>>;
    /// Where the log begins, if anything was ever cut.
    async fn audit_cut(&mut self) -> Result<Option<AuditCut>>;
    /// Cuts every row up to the mark's, and keeps the mark in the place of an older one.
    async fn cut_audit(&mut self, mark: &AuditCut) -> Result<u64>;
    /// Rows in order of the chain, after `after`.
    async fn audit_chain(&mut self, after: i64, limit: i64) -> Result<Vec<AuditRow>>;
}
