//! Reset policies and other settings: documents with a version, so that two administrators do not overwrite each other.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::{Error, Result};

/// A reset policy. Its body is JSON; scope and group stand beside it, so that the group's row can be referred to.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PolicyRow {
    /// Row id.
    pub id: Uuid,
    /// Lower comes first.
    pub priority: i64,
    /// `none`, `selected` or `all`.
    pub scope: String,
    /// The group of `selected`; NULL once it is deleted, which lets nobody in.
    pub scope_group: Option<Uuid>,
    /// Counts the saves.
    pub version: i64,
    /// JSON.
    pub body: String,
    /// When it was last saved.
    pub changed_at: Timestamp,
}

/// One named document of settings.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SettingsRow {
    /// Its name.
    pub name: String,
    /// Counts the saves.
    pub version: i64,
    /// JSON.
    pub body: String,
    /// When it was last saved.
    pub changed_at: Timestamp,
}

/// Policies and settings.
#[async_trait]
pub trait Policies {
    /// Every policy, first priority first.
    async fn policies(&mut self) -> Result<Vec<PolicyRow>>;
    /// Adds a policy. A taken priority is [`Error::Conflict`].
    async fn add_policy(&mut self, policy: &PolicyRow) -> Result<()>;
    /// Saves scope, group and body if the stored version is still `policy.version`, and counts it up. Otherwise
    /// [`Error::Conflict`], and nothing is changed.
    async fn save_policy(&mut self, policy: &PolicyRow) -> Result<()>;
    /// A document; `None` while it was never saved.
    async fn settings(&mut self, name: &str) -> Result<Option<SettingsRow>>;
    /// Saves a document if the stored version is still `row.version` (0: never saved), and counts it up. Otherwise
    /// [`Error::Conflict`], and nothing is changed.
    async fn save_settings(&mut self, row: &SettingsRow) -> Result<()>;
    /// The picture with this hash.
    async fn image(&mut self, hash: &str) -> Result<Option<Vec<u8>>>;
    /// Keeps a picture; one that is there already stays.
    async fn add_image(&mut self, hash: &str, body: &[u8]) -> Result<()>;
    /// Deletes a picture, if there is one.
    async fn delete_image(&mut self, hash: &str) -> Result<()>;
}

/// How many of `migrator`'s migrations are not in `done`; [`Error::NewerSchema`] when `done` has one it lacks.
pub(crate) fn pending(migrator: &sqlx::migrate::Migrator, done: &[(i64,)]) -> Result<usize> {
    let known: Vec<i64> = migrator.iter().map(|migration| migration.version).collect();
    if done.iter().any(|(version,)| !known.contains(version)) {
        return Err(Error::NewerSchema);
    }
    Ok(known.len() - done.len())
}
