//! SQLite, embedded: one writer, several readers, everything on disk before it is acknowledged.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use regain_core::time::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::pulse::Pulse;
use crate::{Engine, Error, Result, repeat};
use transaction::Transaction;
use writer::Writer;

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
#[path = "sql/forms.rs"]
mod forms;
#[path = "sql/gateways.rs"]
mod gateways;
#[path = "sql/groups.rs"]
mod groups;
#[path = "sql/hardware_tokens.rs"]
mod hardware_tokens;
#[path = "sql/heartbeat.rs"]
mod heartbeat;
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
#[path = "sql/report_links.rs"]
mod report_links;
#[path = "sql/search.rs"]
mod search;
#[path = "sql/sessions.rs"]
mod sessions;
#[path = "sql/templates.rs"]
mod templates;
#[path = "sql/transaction.rs"]
mod transaction;
#[path = "sql/usage.rs"]
mod usage;
mod writer;

/// How long to wait for a reader.
const READ: Duration = Duration::from_secs(3);
/// The same where health asks.
const WATCH: Duration = Duration::from_secs(2);

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations/sqlite");

/// A transaction on one connection.
pub(crate) struct Tx(Transaction);

#[async_trait]
impl crate::Tx for Tx {
    async fn lock(&mut self, _: &str) -> Result<()> {
        Ok(())
    }

    async fn database_time(&mut self) -> Result<Option<Timestamp>> {
        Ok(None)
    }

    async fn commit_once(self: Box<Self>, what: &str) -> Result<()> {
        self.0.end().await?;
        repeat::note_done(what);
        Ok(())
    }

    async fn commit(self: Box<Self>) -> Result<()> {
        self.0.end().await?;
        repeat::note_commit();
        Ok(())
    }
}

pub(crate) struct Sqlite {
    writer: Writer,
    readers: sqlx::SqlitePool,
    /// For health alone, which must answer while everybody else waits.
    watcher: sqlx::SqlitePool,
}

impl Sqlite {
    pub(crate) async fn open(url: &str, pulse: Arc<Pulse>) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            // NORMAL would lose acknowledged commits when the power fails.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            .pragma("cache_size", "-8000");
        // Without a limit of time the pool has no task that looks for old connections. The driver's counts how many are
        // idle by a number that wraps around for an instant while two tasks take and return one; who reads it then
        // goes on counting down for ever, on a core of its own (sqlx issue 3645; the
        // repair, pull request 4289, is in no release yet).
        let pool = |connections, wait| {
            let pool = SqlitePoolOptions::new().max_connections(connections).acquire_timeout(wait);
            pool.max_lifetime(None).idle_timeout(None)
        };
        let writer = Writer::new(pool(1, writer::WAIT).connect_with(options.clone()).await?, pulse);
        let readers = pool(4, READ).connect_with(options.clone()).await?;
        let watcher = pool(1, WATCH).connect_lazy_with(options);
        Ok(Self { writer, readers, watcher })
    }
}

#[async_trait]
impl Engine for Sqlite {
    async fn read(&self) -> Result<Box<dyn crate::Tx>> {
        // What was seen of others before they were durable is not missing now.
        repeat::settle().await?;
        Ok(Box::new(Tx(Transaction::begin(&self.readers, "BEGIN", true, None).await?)))
    }

    async fn write(&self) -> Result<Box<dyn crate::Tx>> {
        Ok(Box::new(Tx(self.writer.begin().await?)))
    }

    async fn watch(&self) -> Result<()> {
        let mut tx = Transaction::begin(&self.watcher, "BEGIN", true, None).await?;
        sqlx::query("SELECT version FROM _sqlx_migrations LIMIT 1").fetch_optional(&mut tx).await?;
        Ok(())
    }

    #[cfg(feature = "test-seams")]
    async fn writer_pragma(&self, name: &'static str, value: &'static str) -> Result<()> {
        let writer = self.writer.pool();
        let options = writer.connect_options().as_ref().clone().pragma(name, value);
        writer.set_connect_options(options);
        let statement = sqlx::AssertSqlSafe(format!("PRAGMA {name} = {value}"));
        sqlx::raw_sql(statement).execute(writer).await?;
        Ok(())
    }

    async fn migrate(&self) -> Result<()> {
        Ok(MIGRATIONS.run(self.writer.pool()).await?)
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
        self.watcher.close().await;
        self.readers.close().await;
        // Once, not with every connection that is closed. Its advice is for the next time: a failure harms nothing.
        let _ = sqlx::query("PRAGMA optimize").execute(self.writer.pool()).await;
        self.writer.pool().close().await;
    }
}
