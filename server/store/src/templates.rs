//! Texts of messages that an administrator wrote in place of the catalogue's.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A message's text in one language.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TemplateRow {
    /// Which message.
    pub kind: String,
    /// Language tag.
    pub locale: String,
    /// Another one with each save.
    pub revision: Uuid,
    /// Its subject; empty where it has none.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// When it was saved.
    pub changed_at: Timestamp,
}

/// Templates. Without a row the catalogue's text is sent.
#[async_trait]
pub trait Templates {
    /// All of them: at most one for each message and language.
    async fn templates(&mut self) -> Result<Vec<TemplateRow>>;
    /// One message's, in one language.
    async fn template(&mut self, kind: &str, locale: &str) -> Result<Option<TemplateRow>>;
    /// Saves it, in place of the one before.
    async fn save_template(&mut self, row: &TemplateRow) -> Result<()>;
    /// Deletes it. `false`: there was none.
    async fn delete_template(&mut self, kind: &str, locale: &str) -> Result<bool>;
}
