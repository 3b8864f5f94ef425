//! Puts a copy in the place of an SQLite database, without bringing back to life what was over (F43).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use regain_core::secret::Secret;
use regain_core::time::{Clock, Duration};
use regain_store::{Store, Voided};

use super::single::{beside, database_file};
use crate::audit::{self, Build as _, activity, service};
use crate::config::Config;
use crate::engine::Engine;
use crate::people::Actor;
use crate::serve;

/// Notices that were written longer ago are not sent after all.
const NOTICES: Duration = Duration::from_hours(1);

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    /// Where the database is that was there before; `None` when there was none.
    pub kept: Option<PathBuf>,
    /// What was ended.
    pub voided: Voided,
}

/// Puts the copy in `file` in the place of the database. No server may run. The key must be the copy's. The database
/// that was there is kept beside it.
pub async fn restore(config: Config, file: &Path, clock: Arc<dyn Clock>) -> anyhow::Result<Restored> {
    let Some(database) = database_file(&config) else {
        bail!("restore PostgreSQL with its own tools, such as pg_restore, and end every session afterwards");
    };
    ensure!(file.exists(), "there is no file {}", file.display());
    let candidate = beside(&database, "restoring");
    remove(&candidate)?;
    std::fs::copy(file, &candidate).with_context(|| format!("cannot copy {}", file.display()))?;
    let made_safe = make_safe(&config, &candidate, Arc::clone(&clock)).await;
    if made_safe.is_err() {
        remove(&candidate)?;
    }
    let voided = made_safe?;
    let kept = if database.exists() {
        let kept = beside(&database, &format!("before-restore-{}", clock.now().seconds()));
        settle(&database).await?;
        std::fs::rename(&database, &kept)?;
        Some(kept)
    } else {
        None
    };
    // What belonged to the old file must never be applied to the new one.
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(with_suffix(&database, ending));
    }
    std::fs::rename(&candidate, &database)?;
    Ok(Restored { kept, voided })
}

/// Opens the copy, checks that it is ours, and ends everything in it that must not live on.
async fn make_safe(config: &Config, candidate: &Path, clock: Arc<dyn Clock>) -> anyhow::Result<Voided> {
    let url = Secret::from(format!("sqlite:{}", candidate.display()));
    let copy = Config { database_url: url, key_file_named: true, ..config.clone() };
    let store = Store::open(copy.database_url.expose()).await.context("the file is no SQLite database")?;
    ensure!(
        !store.is_new().await.context("the file is no database of Regain")?,
        "the file is no database of Regain"
    );
    store.close().await;
    let engine = serve::open(copy, false, true, clock).await?;
    let voided = void(&engine).await?;
    engine.store.close().await;
    Ok(voided)
}

async fn void(engine: &Engine) -> anyhow::Result<Voided> {
    let now = engine.now();
    let mut tx = engine.store.write().await?;
    let voided = tx.void_all(now.minus(NOTICES), now).await?;
    tx.raise_steps(now).await?;
    let record = audit::success(service::DIRECTORY, activity::RESTORE)
        .because("What was written after the backup is missing from here on")
        .detail("sessions", voided.sessions)
        .detail("flows", voided.flows);
    tx.append(&Actor::command_line(engine).sign(engine, record)).await?;
    tx.commit().await?;
    Ok(voided)
}

/// Brings what is still in the log of the database into its file.
async fn settle(database: &Path) -> anyhow::Result<()> {
    let store = Store::open(&format!("sqlite:{}", database.display())).await;
    let store = store.context("the database that is there now cannot be opened; move it away first")?;
    store.close().await;
    Ok(())
}

fn remove(database: &Path) -> anyhow::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let file = with_suffix(database, ending);
        if file.exists() {
            std::fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
    }
    Ok(())
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
