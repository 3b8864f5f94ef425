//! PostgreSQL, for several nodes.

use std::path::Path;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use regain_core::time::Timestamp;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection as _, Executor as _};
use tokio::time::timeout;

use crate::pulse::Pulse;
use crate::{Engine, Error, Result, repeat};
use transaction::Transaction;

/// The engine that the files under `sql/` are compiled for here.
pub(crate) type Db = sqlx::Postgres;

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

/// How long to wait for a connection.
const ACQUIRE: Duration = Duration::from_secs(3);
/// The same, and the answer, where health asks.
const WATCH: Duration = Duration::from_secs(2);
/// What a connection of ours never needs to exceed. A node that vanished must not hold locks until the network notices.
const LIMITS: &str = "SET lock_timeout = '5s'; SET statement_timeout = '10s';
    SET idle_in_transaction_session_timeout = '30s'";
/// Decisions rest on locks that are taken by name, not on the isolation that a database has by default (ADR 0003).
const WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
const READ: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY";

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations/postgres");

/// A transaction on one connection.
pub(crate) struct Tx(Box<Transaction>);

#[async_trait]
impl crate::Tx for Tx {
    async fn lock(&mut self, key: &str) -> Result<()> {
        sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind(key)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    async fn database_time(&mut self) -> Result<Option<Timestamp>> {
        let (micros,): (i64,) =
            sqlx::query_as("SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT")
                .fetch_one(&mut *self.0)
                .await?;
        Ok(Some(Timestamp(micros)))
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

pub(crate) struct Postgres {
    pool: sqlx::PgPool,
    /// For health alone, which must answer while everybody else waits.
    watcher: sqlx::PgPool,
    pulse: Arc<Pulse>,
}

impl Postgres {
    pub(crate) async fn open(url: &str, pulse: Arc<Pulse>) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)?;
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(ACQUIRE)
            .after_connect(|connection, _| {
                Box::pin(async {
                    connection.execute(LIMITS).await?;
                    Ok(())
                })
            })
            // The driver asks a connection that comes back whether it lives, and would wait for an answer for ever.
            .after_release(|connection, _| {
                Box::pin(async {
                    timeout(ACQUIRE, connection.ping()).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))?;
                    Ok(true)
                })
            })
            .connect_with(options.clone())
            .await?;
        let watcher =
            PgPoolOptions::new().max_connections(1).acquire_timeout(WATCH).connect_lazy_with(options);
        Ok(Self { pool, watcher, pulse })
    }
}

#[async_trait]
impl Engine for Postgres {
    async fn read(&self) -> Result<Box<dyn crate::Tx>> {
        Ok(Box::new(Tx(Transaction::begin(&self.pool, READ, None).await?)))
    }

    async fn write(&self) -> Result<Box<dyn crate::Tx>> {
        Ok(Box::new(Tx(Transaction::begin(&self.pool, WRITE, Some(&self.pulse)).await?)))
    }

    async fn watch(&self) -> Result<()> {
        let asked = timeout(WATCH, async {
            let mut tx = Transaction::begin(&self.watcher, READ, None).await?;
            sqlx::query("SELECT 1").fetch_optional(&mut *tx).await?;
            Ok(())
        });
        asked.await.unwrap_or(Err(Error::Unavailable(crate::Trouble::Busy)))
    }

    #[cfg(feature = "test-seams")]
    async fn writer_pragma(&self, _: &'static str, _: &'static str) -> Result<()> {
        Err(Error::Unsupported("PostgreSQL has no pragmas"))
    }

    async fn migrate(&self) -> Result<()> {
        // Without our limits: a migration of a large table takes as long as it takes.
        let options = self.pool.connect_options().as_ref().clone();
        let unlimited = PgPoolOptions::new().max_connections(1).connect_with(options).await?;
        let migrated = MIGRATIONS.run(&unlimited).await;
        unlimited.close().await;
        Ok(migrated?)
    }

    async fn pending_migrations(&self) -> Result<usize> {
        let (exists,): (bool,) = sqlx::query_as("SELECT to_regclass('_sqlx_migrations') IS NOT NULL")
            .fetch_one(&self.pool)
            .await?;
        let done = if exists {
            sqlx::query_as::<Db, (i64,)>("SELECT version FROM _sqlx_migrations").fetch_all(&self.pool).await?
        } else {
            Vec::new()
        };
        crate::policies::pending(&MIGRATIONS, &done)
    }

    fn known_migrations(&self) -> usize {
        MIGRATIONS.iter().count()
    }

    async fn backup(&self, _: &Path) -> Result<()> {
        Err(Error::Unsupported("back PostgreSQL up with its own tools, such as pg_dump"))
    }

    async fn close(&self) {
        self.watcher.close().await;
        self.pool.close().await;
    }
}
