//! SQLite, embedded: one writer, several readers, every commit on disk before it is acknowledged.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::{Engine, Error, Result};

/// The engine that the files under `sql/` are compiled for here.
pub(crate) type Db = sqlx::Sqlite;

#[path = "sql/audit.rs"]
mod audit;
#[path = "sql/authenticators.rs"]
mod authenticators;
#[path = "sql/browsers.rs"]
mod browsers;
#[path = "sql/counters.rs"]
mod counters;
#[path = "sql/credentials.rs"]
mod credentials;
#[path = "sql/finishes.rs"]
mod finishes;
#[path = "sql/flows.rs"]
mod flows;
#[path = "sql/gateways.rs"]
mod gateways;
#[path = "sql/groups.rs"]
mod groups;
#[path = "sql/hardware_tokens.rs"]
mod hardware_tokens;
#[path = "sql/help_calls.rs"]
mod help_calls;
#[path = "sql/holds.rs"]
mod holds;
#[path = "sql/maintenance.rs"]
mod maintenance;
#[path = "sql/methods.rs"]
mod methods;
#[path = "sql/outbox.rs"]
mod outbox;
#[path = "sql/paging.rs"]
mod paging;
#[path = "sql/passes.rs"]
mod passes;
#[path = "sql/people.rs"]
mod people;
#[path = "sql/policies.rs"]
mod policies;
#[path = "sql/sessions.rs"]
mod sessions;
#[path = "sql/templates.rs"]
mod templates;
#[path = "sql/usage.rs"]
mod usage;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations/sqlite");

/// A transaction on one connection.
pub(crate) struct Tx(sqlx::Transaction<'static, Db>);

#[async_trait]
impl crate::Tx for Tx {
    async fn lock(&mut self, _: &str) -> Result<()> {
        Ok(())
    }

    async fn commit(self: Box<Self>) -> Result<()> {
        Ok(self.0.commit().await?)
    }
}

pub(crate) struct Sqlite {
    writer: sqlx::SqlitePool,
    readers: sqlx::SqlitePool,
}

impl Sqlite {
    pub(crate) async fn open(url: &str) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // NORMAL would lose acknowledged commits when the power fails.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            .pragma("cache_size", "-8000")
            .optimize_on_close(true, None);
        let acquire = Duration::from_secs(5);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(acquire)
            .connect_with(options.clone())
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(acquire)
            .connect_with(options.read_only(false))
            .await?;
        Ok(Self { writer, readers })
    }
}

#[async_trait]
impl Engine for Sqlite {
    async fn read(&self) -> Result<Box<dyn crate::Tx>> {
        Ok(Box::new(Tx(self.readers.begin().await?)))
    }

    async fn write(&self) -> Result<Box<dyn crate::Tx>> {
        Ok(Box::new(Tx(self.writer.begin_with("BEGIN IMMEDIATE").await?)))
    }

    async fn migrate(&self) -> Result<()> {
        Ok(MIGRATIONS.run(&self.writer).await?)
    }

    async fn pending_migrations(&self) -> Result<usize> {
        let table: Option<(String,)> = sqlx::query_as(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'",
        )
        .fetch_optional(&self.readers)
        .await?;
        let done = match table {
            None => Vec::new(),
            Some(_) => {
                sqlx::query_as::<Db, (i64,)>("SELECT version FROM _sqlx_migrations")
                    .fetch_all(&self.readers)
                    .await?
            }
        };
        crate::policies::pending(&MIGRATIONS, &done)
    }

    fn known_migrations(&self) -> usize {
        MIGRATIONS.iter().count()
    }

    async fn backup(&self, file: &Path) -> Result<()> {
        let path = file.to_str().ok_or(Error::Unsupported("the backup's path is not valid UTF-8"))?;
        sqlx::query("VACUUM INTO $1").bind(path).execute(&self.readers).await?;
        Ok(())
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
