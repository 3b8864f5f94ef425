//! A copy of a running SQLite database.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use regain_core::time::Timestamp;
use regain_store::{Error, Store};

use super::single::{beside, database_file};
use crate::config::Config;

/// Copies the database, as it is at one moment, into a new file that its owner alone can read.
pub async fn backup(store: &Store, file: &Path) -> anyhow::Result<()> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .with_context(|| format!("cannot make {}", file.display()))?;
    let copied = store.backup(file).await;
    if copied.is_err() {
        // Ours and empty; what was there before would have been refused above.
        let _ = std::fs::remove_file(file);
    }
    match copied {
        Err(Error::Unsupported(advice)) => anyhow::bail!(advice),
        other => other.with_context(|| format!("cannot copy the database into {}", file.display())),
    }
}

/// Before the schema of an SQLite file changes, a copy of it is put beside it. Returns where.
pub async fn before_migration(
    config: &Config,
    store: &Store,
    now: Timestamp,
) -> anyhow::Result<Option<PathBuf>> {
    let Some(database) = database_file(config) else { return Ok(None) };
    if store.pending_migrations().await? == 0 || store.is_new().await? {
        return Ok(None);
    }
    let file = beside(&database, &format!("before-migration-{}", now.seconds()));
    backup(store, &file).await?;
    Ok(Some(file))
}
