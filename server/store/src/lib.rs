//! All SQL of Regain.
//!
//! A trait for each aggregate ([`People`], [`Flows`], …) says what can be asked; its queries stand once, in
//! `sql/<aggregate>.rs`, and are compiled for SQLite and for PostgreSQL. To add a query: its method in the trait, its
//! text in the `sql` file, its test in the conformance suite (`tests/conformance/`), which runs on both engines.
//!
//! Writers take a [`Store::write`] transaction. On PostgreSQL, where writers run side by side, one that reads before it
//! decides first takes [`Tx::lock`] on what it decides about; account locks come before [`Audit::append`].

use std::sync::Arc;

use async_trait::async_trait;
use pulse::Pulse;
use regain_core::time::Timestamp;

mod audit;
mod authenticators;
mod browsers;
mod counters;
mod credentials;
mod error;
mod finishes;
mod flows;
mod forms;
mod gateways;
mod groups;
mod hardware_tokens;
mod heartbeat;
mod help_calls;
mod holds;
mod maintenance;
mod methods;
mod outbox;
mod outcome;
mod passes;
mod people;
mod policies;
mod postgres;
mod pulse;
mod repeat;
mod report_links;
mod search;
mod sessions;
mod sqlite;
mod templates;
mod trouble;
mod usage;

pub use audit::{Audit, AuditCut, AuditFilter, AuditRecord, AuditRow};
pub use authenticators::{Answerer, Authenticators, Device, Pairing, PushRequest, Subscription};
pub use browsers::{Browsers, KnownBrowser};
pub use counters::{Counter, Counters, Trimmed};
pub use credentials::{Credentials, Passkey, PasskeyCeremony, RecoveryCode};
pub use error::{Error, Result};
pub use finishes::{Finish, Finishes};
pub use flows::{Challenge, Flow, Flows, NewChallenge, NewFlow, Proof};
pub use forms::{AnsweredForm, Forms};
pub use gateways::{CallRow, DeliveryRow, GatewayRow, Gateways, Spent};
pub use groups::{Group, GroupMember, Groups};
pub use hardware_tokens::{HardwareToken, HardwareTokens, ListedToken, TokenFilter};
pub use heartbeat::Heartbeat;
pub use help_calls::{HelpCall, HelpCallProof, HelpCalls};
pub use holds::{Hold, Holds};
pub use maintenance::{Maintenance, Voided};
pub use methods::{Answer, Enrolment, Method, MethodMix, Methods, STEPS_AHEAD};
pub use outbox::{DemoMessage, Outbox, OutboxMessage};
pub use passes::{Passes, TemporaryPass};
pub use people::{Page, Password, People, User, UserFilter};
pub use policies::{Policies, PolicyRow, SettingsRow};
pub use pulse::Writing;
pub use repeat::{Repeatable, is_done};
pub use report_links::{ReportLink, ReportLinks};
pub use search::{Refolded, SearchKeys};
pub use sessions::{Session, Sessions};
pub use templates::{TemplateRow, Templates};
pub use trouble::Trouble;
pub use usage::{Roster, Usage, UsageCount};

/// A transaction, or a reader. Dropped without [`Tx::commit`] it changes nothing.
#[async_trait]
pub trait Tx:
    People
    + Groups
    + Policies
    + Methods
    + Credentials
    + Authenticators
    + Browsers
    + HardwareTokens
    + Holds
    + Heartbeat
    + Sessions
    + Flows
    + Finishes
    + Counters
    + Forms
    + Gateways
    + Outbox
    + HelpCalls
    + Passes
    + ReportLinks
    + Audit
    + Maintenance
    + Templates
    + Usage
    + SearchKeys
    + Send
{
    /// Waits until no other transaction holds `key`, and holds it until the end. Free on SQLite, which has one writer.
    async fn lock(&mut self, key: &str) -> Result<()>;
    /// What the clock of the database shows, where it is not this machine's own.
    async fn database_time(&mut self) -> Result<Option<Timestamp>>;
    /// Like [`Tx::commit`], for what a request does once although it may be done again: [`is_done`] says so then.
    async fn commit_once(self: Box<Self>, what: &str) -> Result<()>;
    /// Makes all of it durable at once. After a failed statement there is nothing to commit, and this fails, too.
    async fn commit(self: Box<Self>) -> Result<()>;
}

#[async_trait]
trait Engine: Send + Sync {
    async fn read(&self) -> Result<Box<dyn Tx>>;
    async fn write(&self) -> Result<Box<dyn Tx>>;
    async fn watch(&self) -> Result<()>;
    #[cfg(feature = "test-seams")]
    async fn writer_pragma(&self, name: &'static str, value: &'static str) -> Result<()>;
    async fn migrate(&self) -> Result<()>;
    async fn pending_migrations(&self) -> Result<usize>;
    fn known_migrations(&self) -> usize;
    async fn backup(&self, file: &std::path::Path) -> Result<()>;
    async fn close(&self);
}

/// How many rows of a table one sweep deletes at most: nobody waits long for it, however much there is.
pub const SWEPT: i64 = 1_000;

/// The database.
#[derive(Clone)]
pub struct Store {
    engine: Arc<dyn Engine>,
    pulse: Arc<Pulse>,
}

impl Store {
    /// Opens `url`: `sqlite:path` (made when missing) or `postgres://…`. Runs no migration.
    pub async fn open(url: &str) -> Result<Self> {
        let pulse = Arc::new(Pulse::default());
        let engine: Arc<dyn Engine> = if url.starts_with("sqlite:") {
            Arc::new(sqlite::Sqlite::open(url, Arc::clone(&pulse)).await?)
        } else {
            Arc::new(postgres::Postgres::open(url, Arc::clone(&pulse)).await?)
        };
        Ok(Self { engine, pulse })
    }

    /// Whether the database can be read, asked on a connection that nothing else uses. Takes two and a half seconds at most.
    pub async fn watch(&self) -> Result<()> {
        self.engine.watch().await
    }

    /// How the last writers of this process fared.
    pub fn writing(&self) -> Writing {
        self.pulse.writing()
    }

    /// Sets a pragma of SQLite's writer, on every connection it will have: a disk that fills up, a file that can only
    /// be read.
    #[cfg(feature = "test-seams")]
    pub async fn writer_pragma(&self, name: &'static str, value: &'static str) -> Result<()> {
        self.engine.writer_pragma(name, value).await
    }

    /// A reader. On SQLite it sees one moment; it must not write.
    pub async fn read(&self) -> Result<Box<dyn Tx>> {
        self.engine.read().await
    }

    /// A writing transaction.
    pub async fn write(&self) -> Result<Box<dyn Tx>> {
        self.engine.write().await
    }

    /// Brings the schema up to date. A schema newer than this binary is [`Error::NewerSchema`].
    pub async fn migrate(&self) -> Result<()> {
        self.engine.migrate().await?;
        search::refold(self).await
    }

    /// How many migrations [`Store::migrate`] would run.
    pub async fn pending_migrations(&self) -> Result<usize> {
        self.engine.pending_migrations().await
    }

    /// Whether no migration ever ran: the database is new.
    pub async fn is_new(&self) -> Result<bool> {
        Ok(self.engine.pending_migrations().await? == self.engine.known_migrations())
    }

    /// A consistent copy of a running SQLite database into a new file. PostgreSQL has its own tools: refused.
    pub async fn backup(&self, file: &std::path::Path) -> Result<()> {
        self.engine.backup(file).await
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.engine.close().await;
    }
}
