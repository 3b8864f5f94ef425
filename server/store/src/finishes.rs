//! Pages on phones that approved, where the new password of a reset is chosen.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// The page of one reset.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Finish {
    /// The reset.
    pub flow_id: Uuid,
    /// The phone.
    pub device_id: Uuid,
    /// SHA-256 of what opens it.
    pub link_hash: Vec<u8>,
    /// SHA-256 of its cookie, once it was opened.
    pub token_hash: Option<Vec<u8>>,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was opened.
    pub opened_at: Option<Timestamp>,
}

/// Those pages.
#[async_trait]
pub trait Finishes {
    /// Offers a page; one that was offered before and not opened works no more. False when one was opened.
    async fn offer_finish(&mut self, finish: &Finish) -> Result<bool>;
    /// The page that this opens, or opened.
    async fn finish_by_link(&mut self, link_hash: &[u8]) -> Result<Option<Finish>>;
    /// Opens a page. False when it was opened before, or ended.
    async fn open_finish(&mut self, link_hash: &[u8], token_hash: &[u8], now: Timestamp) -> Result<bool>;
    /// The page of a cookie, ended or not.
    async fn finish_by_token(&mut self, token_hash: &[u8]) -> Result<Option<Finish>>;
}
