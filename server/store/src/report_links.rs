//! Links in mails, by which people say that what was done to their account was not them.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// The link of one mail.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReportLink {
    /// SHA-256 of what the link ends in.
    pub token_hash: Vec<u8>,
    /// Whose account it is.
    pub user_id: Uuid,
    /// Which mail it came with, such as `notice-password-reset`.
    pub kind: String,
    /// The support code of what the mail tells.
    pub support_code: String,
    /// When the mail was written, in the transaction of what it tells.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

/// Those links.
#[async_trait]
pub trait ReportLinks {
    /// Keeps a link.
    async fn add_report_link(&mut self, link: &ReportLink) -> Result<()>;
    /// The link with this hash, used or ended as it may be.
    async fn report_link(&mut self, token_hash: &[u8]) -> Result<Option<ReportLink>>;
    /// Uses a link. False when it was used before, or ended.
    async fn use_report_link(&mut self, token_hash: &[u8], now: Timestamp) -> Result<bool>;
    /// Deletes links that ended.
    async fn sweep_report_links(&mut self, now: Timestamp) -> Result<u64>;
}
