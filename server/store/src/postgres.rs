//! PostgreSQL, for several nodes.

use std::path::Path;
use std::str::FromStr as _;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use async_trait::async_trait;
use regain_core::time::Timestamp;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sqlx::{Connection as _, Executor as _, Row as _};
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

/// How long to wait for a connection.
const ACQUIRE: Duration = Duration::from_secs(3);
/// The same, and the answer, where health asks.
const WATCH: Duration = Duration::from_secs(2);
/// A connection that is older is closed when it is wanted next, and what the database gathered for it is free again; one
/// that was idle for longer may have been forgotten by a firewall. As the driver has it by itself.
const LIFETIME: Duration = Duration::from_mins(30);
const IDLE: Duration = Duration::from_mins(10);
/// How a transaction begins. Decisions rest on locks that are taken by name, not on the isolation that a database has by
/// default (ADR 0003). Then what it never needs to exceed, for itself alone, because its connection may be somebody else's
/// afterwards: a node that vanished must not hold locks until the network notices.
macro_rules! begin {
    ($mode:literal) => {
        concat!(
            "BEGIN ISOLATION LEVEL READ COMMITTED",
            $mode,
            "; SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '10s';
             SET LOCAL idle_in_transaction_session_timeout = '30s'"
        )
    };
}
const WRITE: &str = begin!("");
const READ: &str = begin!(" READ ONLY");
/// How often two connections are compared before they are taken for connections of our own.
const COMPARED: usize = 3;

/// They run in a transaction of ours, which holds the lock.
static MIGRATIONS: LazyLock<Migrator> = LazyLock::new(|| {
    let mut all = sqlx::migrate!("./migrations/postgres");
    all.set_locking(false);
    all
});

/// A transaction on one connection.
pub(crate) struct Tx(Transaction);

#[async_trait]
impl crate::Tx for Tx {
    async fn lock(&mut self, key: &str) -> Result<()> {
        sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind(key)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn database_time(&mut self) -> Result<Option<Timestamp>> {
        let (micros,): (i64,) =
            sqlx::query_as("SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT")
                .fetch_one(&mut self.0)
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
    /// Whether each connection is one of the database's own, so that what was prepared on it stays.
    keeps_statements: bool,
    pulse: Arc<Pulse>,
}

impl Postgres {
    pub(crate) async fn open(url: &str, pulse: Arc<Pulse>) -> Result<Self> {
        // A pooler refuses what it does not know when a connection begins; no column of ours is a float.
        let options = PgConnectOptions::from_str(url)?.extra_float_digits(None);
        let shared = timeout(ACQUIRE, shares_connections(&options)).await;
        let keeps_statements = !shared.unwrap_or(Err(sqlx::Error::PoolTimedOut))?;
        // Old connections are told when they are wanted, not by the pool's own task (sqlite.rs says why).
        let pool = || PgPoolOptions::new().max_lifetime(None).idle_timeout(None);
        let watcher = pool().max_connections(1).acquire_timeout(WATCH).connect_lazy_with(options.clone());
        let pool = pool()
            .max_connections(16)
            .acquire_timeout(ACQUIRE)
            .before_acquire(|_, meta| {
                let young = meta.age < LIFETIME && meta.idle_for < IDLE;
                Box::pin(async move { Ok(young) })
            })
            .connect_with(options)
            .await?;
        Ok(Self { pool, watcher, keeps_statements, pulse })
    }

    async fn begin(&self, pool: &sqlx::PgPool, statement: &'static str) -> Result<Transaction> {
        let pulse = (statement == WRITE).then_some(&self.pulse);
        Transaction::begin(pool, statement, self.keeps_statements, pulse).await
    }
}

/// Whether a pooler stands before the database and lends one connection to several of ours, a transaction at a time
/// (PgBouncer calls it `pool_mode = transaction`). Then nothing stays on a connection from one transaction to the next.
async fn shares_connections(options: &PgConnectOptions) -> sqlx::Result<bool> {
    let mut one = PgConnection::connect_with(options).await?;
    let mut other = PgConnection::connect_with(options).await?;
    let (mut shared, mut seen) = (false, None);
    for _ in 0..COMPARED {
        let behind = (behind(&mut one).await?, behind(&mut other).await?);
        shared |= behind.0 == behind.1 || seen.is_some_and(|before| before != behind);
        seen = Some(behind);
    }
    one.close().await?;
    other.close().await?;
    Ok(shared)
}

/// The process of the database behind a connection, at this moment.
async fn behind(connection: &mut PgConnection) -> sqlx::Result<i32> {
    sqlx::raw_sql("SELECT pg_backend_pid()").fetch_one(connection).await?.try_get(0)
}

impl Postgres {
    /// Whether nothing takes a connection where the database should be.
    async fn is_away(&self) -> bool {
        let options = self.pool.connect_options();
        let refused = timeout(WATCH / 4, PgConnection::connect_with(&options)).await;
        matches!(refused, Ok(Err(sqlx::Error::Io(_))))
    }
}

#[async_trait]
impl Engine for Postgres {
    async fn read(&self) -> Result<Box<dyn crate::Tx>> {
        Ok(Box::new(Tx(self.begin(&self.pool, READ).await?)))
    }

    async fn write(&self) -> Result<Box<dyn crate::Tx>> {
        Ok(Box::new(Tx(self.begin(&self.pool, WRITE).await?)))
    }

    async fn watch(&self) -> Result<()> {
        let asked = timeout(WATCH, async {
            let mut tx = self.begin(&self.watcher, READ).await?;
            sqlx::query("SELECT 1").fetch_optional(&mut tx).await?;
            Ok(())
        });
        match asked.await.unwrap_or(Err(Error::Unavailable(crate::Trouble::Busy))) {
            Err(Error::Unavailable(crate::Trouble::Busy)) if self.is_away().await => {
                Err(Error::Unavailable(crate::Trouble::Connection))
            }
            watched => watched,
        }
    }

    #[cfg(feature = "test-seams")]
    async fn writer_pragma(&self, _: &'static str, _: &'static str) -> Result<()> {
        Err(Error::Unsupported("PostgreSQL has no pragmas"))
    }

    async fn migrate(&self) -> Result<()> {
        // Without our limits: a migration of a large table takes as long as it takes. All or none, and all on one
        // connection of the database, whatever lends it.
        let mut unlimited = PgConnection::connect_with(&self.pool.connect_options()).await?;
        let mut all = unlimited.begin().await?;
        all.execute("SELECT pg_advisory_xact_lock(hashtextextended('migrations', 0))").await?;
        // The driver keeps what it prepares, under names that another node may have given on the same connection.
        if !self.keeps_statements {
            all.execute("DEALLOCATE ALL").await?;
        }
        // `run` wants a connection of any lifetime, which no future that is sent can promise.
        MIGRATIONS.run_direct(None, &mut *all, false).await?;
        if !self.keeps_statements {
            all.execute("DEALLOCATE ALL").await?;
        }
        all.commit().await?;
        unlimited.close().await?;
        Ok(())
    }

    async fn pending_migrations(&self) -> Result<usize> {
        let mut tx = self.begin(&self.pool, READ).await?;
        let (exists,): (bool,) =
            sqlx::query_as("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one(&mut tx).await?;
        let done = if exists {
            sqlx::query_as::<Db, (i64,)>("SELECT version FROM _sqlx_migrations").fetch_all(&mut tx).await?
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
