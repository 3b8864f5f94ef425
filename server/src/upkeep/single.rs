//! One server on one SQLite file (F42): its cache, its counters and its jobs are made for one process.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::config::Config;

/// Held while a server runs, or while something works that needs it stopped. The operating system gives it back when
/// the process ends, however it ends.
#[derive(Debug)]
pub struct OnlyServer(#[expect(dead_code, reason = "the lock lives as long as the file is open")] File);

/// Takes the lock of an embedded database; `None` on PostgreSQL, which several servers share.
pub fn only_server(config: &Config) -> anyhow::Result<Option<OnlyServer>> {
    let Some(database) = database_file(config) else { return Ok(None) };
    let file = beside(&database, "lock");
    let opened = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&file);
    let lock = opened.with_context(|| format!("cannot open {}", file.display()))?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(OnlyServer(lock))),
        Err(TryLockError::WouldBlock) => bail!(
            "another regain server runs on {}; stop it first (several servers need PostgreSQL: REGAIN_DATABASE_URL)",
            database.display()
        ),
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("cannot lock {}", file.display()))
        }
    }
}

/// The SQLite file; `None` on PostgreSQL.
pub fn database_file(config: &Config) -> Option<PathBuf> {
    let url = config.database_url.expose();
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
}

/// A file beside the database: its name and a further ending.
pub fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
