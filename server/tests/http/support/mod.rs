//! A whole server on a socket of its own, a clock that tests move, and browsers with cookies.
#![allow(
    dead_code,
    unused_imports,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::missing_panics_doc,
    missing_docs
)]

mod browser;
mod content;
pub mod gateway;
pub mod log;
mod node;
#[path = "../../../xtask/src/devices/passkey.rs"]
mod passkey;
mod people;
pub mod phone;
#[path = "../../../xtask/src/devices/phone.rs"]
mod phone_key;
#[path = "../../../store/tests/support/scratch.rs"]
mod scratch;
mod security_key;
mod sign_in;
pub mod smtp;

use std::net::SocketAddr;
use std::sync::Arc;

use regain_core::time::{Clock, Duration, Timestamp};
use regain_server::ambient::{OsEntropy, SystemClock};
use regain_server::config::Config;
use regain_server::crypto::Keys;
use regain_server::engine::Engine;
use regain_server::{http, jobs};
use regain_store::Store;

pub use browser::{Browser, Reply, encoded};
pub use node::{Node, Proxy};
pub use people::PASSWORD;
pub use phone::Phone;
pub use security_key::{SecurityKey, TOUCHED, asked};
pub use sign_in::SESSION;

use scratch::ScratchDatabase;

/// A running server. Everything it made goes when it is dropped.
pub struct TestApp {
    pub engine: Arc<Engine>,
    pub clock: Arc<SystemClock>,
    pub address: SocketAddr,
    _stop: tokio::sync::oneshot::Sender<()>,
    _database: Option<ScratchDatabase>,
    _folder: tempfile::TempDir,
}

impl TestApp {
    /// A server on a fresh database, in demo mode: messages land in the demo outbox. The database is SQLite, or with
    /// `REGAIN_TEST_DATABASE=postgres` one of its own on PostgreSQL.
    pub async fn start() -> Self {
        Self::start_configured(true, &[]).await
    }

    /// A server outside demo mode (administrators need a second factor, messages wait in the outbox).
    pub async fn start_strict() -> Self {
        // Mail works, as far as the rules can tell; nothing listens there.
        Self::start_mailing("smtp://127.0.0.1:9").await
    }

    /// A server outside demo mode that sends its mail to this server.
    pub async fn start_mailing(smtp_url: &str) -> Self {
        Self::start_configured(false, &[("REGAIN_SMTP_URL", smtp_url)]).await
    }

    /// A server with these settings besides the usual ones.
    pub async fn start_configured(demo: bool, settings: &[(&str, &str)]) -> Self {
        Self::start_on(demo, settings, scratch_database().await).await
    }

    /// A server on SQLite, whatever the other tests run on.
    pub async fn start_on_sqlite() -> Self {
        Self::start_on(true, &[], None).await
    }

    /// A server on PostgreSQL, where there is one.
    pub async fn start_on_postgres() -> Option<Self> {
        let database = ScratchDatabase::migrated().await?;
        Some(Self::start_on(true, &[], Some(database)).await)
    }

    async fn start_on(demo: bool, settings: &[(&str, &str)], database: Option<ScratchDatabase>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let set =
            |name: &str| settings.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let environment = |name: &str| match name {
            _ if set(name).is_some() => set(name),
            "REGAIN_DATABASE_URL" => database.as_ref().map(|database| database.url().to_owned()),
            "REGAIN_DATA_DIR" => Some(folder.path().display().to_string()),
            // Gateways of tests live on this machine.
            "REGAIN_GATEWAY_NETWORKS" => Some("127.0.0.0/8".to_owned()),
            "REGAIN_LISTEN" => Some("127.0.0.1:0".to_owned()),
            "REGAIN_TRUSTED_PROXIES" => Some("127.0.0.1".to_owned()),
            _ => None,
        };
        let config = Config::from_sources("", &environment).unwrap();
        let store = Store::open(config.database_url.expose()).await.unwrap();
        store.migrate().await.unwrap();
        let clock = Arc::new(SystemClock::default());
        let keys = Keys::load(&config.key_file, true, &OsEntropy).unwrap();
        let engine = Engine::new(config, store, keys, clock.clone(), Arc::new(OsEntropy), demo);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let router = http::router(&engine);
        tokio::spawn(http::serve(listener, router, async move {
            let _ = stopped.await;
        }));
        Self { engine, clock, address, _stop: stop, _database: database, _folder: folder }
    }

    /// A browser without cookies, from 203.0.113.1.
    pub fn browser(&self) -> Browser {
        Browser::at(self.address)
    }

    /// Runs a statement behind the server's back.
    pub async fn execute(&self, statement: &str) {
        scratch::run_statement(self.engine.config.database_url.expose(), statement).await;
    }

    /// Tries a statement that the database may refuse.
    pub async fn try_execute(&self, statement: &str) -> sqlx::Result<()> {
        content::try_statement(self.engine.config.database_url.expose(), statement).await
    }

    /// The one number that a query gives, asked behind the server's back.
    pub async fn number(&self, query: &str) -> i64 {
        content::number(self.engine.config.database_url.expose(), query).await
    }

    /// Every table of the database and all that stands in it, as text. Whoever asks compares it later: from here on time
    /// stands still but for [`Self::advance`], because some things are written once a minute.
    pub async fn content(&self) -> Vec<(String, String)> {
        self.clock.stand_still();
        content::content(self.engine.config.database_url.expose()).await
    }

    /// How many rows all tables hold together.
    pub async fn rows(&self) -> i64 {
        content::rows(self.engine.config.database_url.expose()).await
    }

    /// Moves the clock.
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// The server's present.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Runs every job once: messages leave, what ran out is closed.
    pub async fn run_jobs(&self) {
        jobs::run_once(&self.engine).await;
    }

    /// The newest code that was sent to `to`, after running the jobs.
    pub async fn code_for(&self, to: &str) -> String {
        self.run_jobs().await;
        let mut tx = self.engine.store.read().await.unwrap();
        let messages = tx.demo_messages(100).await.unwrap();
        // Notices that leave in the same round may arrive before or after it.
        let mut received = messages.iter().filter(|message| message.recipients.contains(to));
        received.find_map(|message| digits(&message.text)).expect("a message with a code")
    }

    /// The subjects (or texts, for text messages) that were sent to `to`, newest first, after running the jobs.
    pub async fn messages_to(&self, to: &str) -> Vec<regain_store::DemoMessage> {
        self.run_jobs().await;
        let mut tx = self.engine.store.read().await.unwrap();
        let messages = tx.demo_messages(500).await.unwrap();
        messages.into_iter().filter(|message| message.recipients.contains(to)).collect()
    }

    /// Activity, result and reason of every audit row, oldest first.
    pub async fn audit(&self) -> Vec<(String, String, String)> {
        let mut tx = self.engine.store.read().await.unwrap();
        let rows = tx.audit_chain(0, 10_000).await.unwrap();
        rows.into_iter().map(|row| (row.record.activity, row.record.result, row.record.reason)).collect()
    }
}

/// A database on PostgreSQL, if that is where these tests are to run.
#[expect(clippy::disallowed_methods, reason = "the engine under test is said by the environment")]
async fn scratch_database() -> Option<ScratchDatabase> {
    match std::env::var("REGAIN_TEST_DATABASE").as_deref() {
        Ok("postgres") => Some(ScratchDatabase::migrated().await.expect("REGAIN_TEST_POSTGRES_URL is set")),
        _ => None,
    }
}

/// The only unbroken run of 6 to 8 digits.
fn digits(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit()).find(|run| (6..=8).contains(&run.len())).map(ToOwned::to_owned)
}
