//! Browsers in which a person signed in or reset.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::Result;

/// A browser that is known for a person.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KnownBrowser {
    /// Whose.
    pub user_id: Uuid,
    /// SHA-256 of its cookie.
    pub browser: Vec<u8>,
    /// When the person first signed in or reset in it.
    pub first_at: Timestamp,
    /// When the person last did.
    pub seen_at: Timestamp,
    /// When the person first showed a second factor in it.
    pub proved_at: Option<Timestamp>,
}

/// Known browsers.
#[async_trait]
pub trait Browsers {
    /// Notes that the person signed in or reset in a browser, or showed a second factor there.
    async fn remember_browser(
        &mut self,
        user_id: Uuid,
        browser: &[u8],
        proved: bool,
        at: Timestamp,
    ) -> Result<()>;
    /// The browser, if it is known for the person.
    async fn known_browser(&mut self, user_id: Uuid, browser: &[u8]) -> Result<Option<KnownBrowser>>;
    /// Forgets browsers that became known at or after `since`. Returns how many.
    async fn forget_browsers(&mut self, user_id: Uuid, since: Timestamp) -> Result<u64>;
    /// Forgets browsers in which nobody signed in or reset since `before`.
    async fn sweep_browsers(&mut self, before: Timestamp) -> Result<u64>;
}
