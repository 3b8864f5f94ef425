//! Hardware tokens: devices with a seed that an administrator uploaded for somebody.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::{Page, Result};

/// A token.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct HardwareToken {
    /// Row id, and the id of the method that it becomes.
    pub id: Uuid,
    /// Whose.
    pub user_id: Uuid,
    /// The method, once it is one.
    pub method_id: Option<Uuid>,
    /// Serial number.
    pub serial: String,
    /// The key that all spellings of it share.
    pub serial_key: String,
    /// Who made it.
    pub manufacturer: String,
    /// What they call it.
    pub model: String,
    /// Seconds that a code shows.
    pub period: i64,
    /// The sealed seed, until the method holds it.
    pub sealed: Option<Vec<u8>>,
    /// Time steps by which its clock was off when it was last right.
    pub drift: i64,
    /// When it was uploaded.
    pub created_at: Timestamp,
}

/// A token in a list, with its owner.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedToken {
    /// Row id.
    pub id: Uuid,
    /// Whose.
    pub user_id: Uuid,
    /// Whether it is a method.
    pub active: bool,
    /// Serial number.
    pub serial: String,
    /// The key that lists are ordered by.
    pub serial_key: String,
    /// Who made it.
    pub manufacturer: String,
    /// What they call it.
    pub model: String,
    /// Seconds that a code shows.
    pub period: i64,
    /// The owner's user principal name.
    pub upn: String,
    /// The owner's display name.
    pub display_name: String,
}

/// Which tokens a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenFilter {
    /// Beginning of a serial number, of its owner's name or username, of a manufacturer or model.
    pub search: String,
    /// Only those that are activated, or that are not.
    pub active: Option<bool>,
}

/// Hardware tokens.
#[async_trait]
pub trait HardwareTokens {
    /// Keeps an uploaded token. False when there is one with this serial number.
    async fn add_token(&mut self, token: &HardwareToken) -> Result<bool>;
    /// A token.
    async fn token(&mut self, id: Uuid) -> Result<Option<HardwareToken>>;
    /// The user's tokens, activated or not, by serial number.
    async fn tokens_of(&mut self, user_id: Uuid) -> Result<Vec<HardwareToken>>;
    /// A page of a list, by serial number.
    async fn tokens(&mut self, filter: &TokenFilter, page: &Page) -> Result<Vec<ListedToken>>;
    /// The page before a key.
    async fn tokens_before(
        &mut self,
        filter: &TokenFilter,
        key: &str,
        limit: i64,
    ) -> Result<Vec<ListedToken>>;
    /// Makes a token the method of the same id, which holds the seed from now on. False when it was one already, or is
    /// gone.
    async fn activate_token(&mut self, id: Uuid, drift: i64) -> Result<bool>;
    /// Notes by how many steps the clock of a method's token is off.
    async fn set_drift(&mut self, method_id: Uuid, drift: i64) -> Result<()>;
    /// Deletes a token that is no method. False when it is one, or is gone.
    async fn delete_token(&mut self, id: Uuid) -> Result<bool>;
    /// Tokens with a sealed seed, by id, after `after`.
    async fn sealed_tokens(&mut self, after: Uuid, limit: i64) -> Result<Vec<HardwareToken>>;
    /// Replaces a sealed seed, if it is still `old`.
    async fn reseal_token(&mut self, id: Uuid, old: &[u8], new: &[u8]) -> Result<bool>;
}
