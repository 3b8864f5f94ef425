//! Forms that were answered, for who sends the same one again.

use async_trait::async_trait;
use regain_core::time::Timestamp;

use crate::Result;

/// A form that was answered.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AnsweredForm {
    /// A keyed hash of the address and of all that was sent.
    pub digest: Vec<u8>,
    /// The row of the flow or session that it acted on; empty where it acted on none.
    pub holder: String,
    /// Where it led; empty while what it makes is being made.
    pub led_to: String,
    /// What that page shows, sealed, as it is set in the browser.
    pub shows: Option<String>,
    /// The cookies that got a new token by it, by name and separated by blanks.
    pub cookies: String,
    /// The hash of the token that it came with.
    pub token_hash: Vec<u8>,
    /// Whether it made something new: then nothing that is sent later takes its place.
    pub made: bool,
    /// When it came.
    pub answered_at: Timestamp,
    /// How long the same form leads there.
    pub expires_at: Timestamp,
}

/// Forms that were answered.
#[async_trait]
pub trait Forms {
    /// Keeps where a form led. What its holder sent before is forgotten, but for what made something: once something
    /// else was done, doing the same again is a new act. Of the same form in two transactions at once the second waits
    /// for the first, and fails with [`crate::Trouble::Answered`] if that one committed: it must not commit anything.
    async fn keep_answered(&mut self, form: &AnsweredForm) -> Result<()>;
    /// Where the form of this digest led, if that still holds.
    async fn answered(&mut self, digest: &[u8], now: Timestamp) -> Result<Option<AnsweredForm>>;
    /// Deletes what holds no more. Returns how many.
    async fn sweep_answered(&mut self, now: Timestamp) -> Result<u64>;
}
