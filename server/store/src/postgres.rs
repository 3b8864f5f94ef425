//! PostgreSQL, for several nodes.

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use sqlx::postgres::PgPoolOptions;

use crate::{Engine, Error, Result};

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

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations/postgres");

/// A transaction on one connection.
pub(crate) struct Tx(sqlx::Transaction<'static, Db>);

#[async_trait]
impl crate::Tx for Tx {
    async fn lock(&mut self, key: &str) -> Result<()> {
        sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind(key)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }

    async fn commit(self: Box<Self>) -> Result<()> {
        Ok(self.0.commit().await?)
    }
}

pub(crate) struct Postgres(sqlx::PgPool);

impl Postgres {
    pub(crate) async fn open(url: &str) -> Result<Self> {
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(3))
            .connect(url)
            .await?;
        Ok(Self(pool))
    }
}

#[async_trait]
impl Engine for Postgres {
    async fn read(&self) -> Result<Box<dyn crate::Tx>> {
        Ok(Box::new(Tx(self.0.begin_with("BEGIN READ ONLY").await?)))
    }

    async fn write(&self) -> Result<Box<dyn crate::Tx>> {
        Ok(Box::new(Tx(self.0.begin().await?)))
    }

    async fn migrate(&self) -> Result<()> {
        Ok(MIGRATIONS.run(&self.0).await?)
    }

    async fn pending_migrations(&self) -> Result<usize> {
        let (exists,): (bool,) =
            sqlx::query_as("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one(&self.0).await?;
        let done = if exists {
            sqlx::query_as::<Db, (i64,)>("SELECT version FROM _sqlx_migrations").fetch_all(&self.0).await?
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
        self.0.close().await;
    }
}
