//! A PostgreSQL database for one test, gone when it is dropped.
#![allow(clippy::unwrap_used, clippy::expect_used, unreachable_pub)]
#![expect(clippy::disallowed_methods, reason = "where PostgreSQL runs is said by the environment")]

use std::sync::atomic::{AtomicU32, Ordering};

use regain_store::Store;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use tokio::sync::OnceCell;

/// Names a PostgreSQL database whose user may create others. xtask sets it.
const URL: &str = "REGAIN_TEST_POSTGRES_URL";

/// What the template of a process is called, before its id.
const TEMPLATE: &str = "regain_template_";

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A database of its own.
pub struct ScratchDatabase {
    server: String,
    name: String,
    url: String,
}

impl ScratchDatabase {
    /// A fresh, empty database; `None` where no PostgreSQL is at hand. Where one is required, that fails.
    pub async fn create() -> Option<Self> {
        Some(Self::begun(server()?, EMPTY).await)
    }

    /// The same with all migrations, which ran once for all databases of the process.
    pub async fn migrated() -> Option<Self> {
        static MADE: OnceCell<String> = OnceCell::const_new();
        let server = server()?;
        let template = MADE.get_or_init(|| template(&server)).await;
        Some(Self::begun(server, template).await)
    }

    async fn begun(server: String, like: &str) -> Self {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("regain_test_{}_{number}", std::process::id());
        create_database(&server, &name, like).await;
        let url = address(&server, &name);
        Self { server, name, url }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for ScratchDatabase {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // A thread of its own, because a runtime cannot wait inside a runtime.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(drop_database(&server, &name));
        });
        let _ = dropped.join();
    }
}

/// Runs a statement behind the store's back.
pub async fn run_statement(url: &str, statement: &str) {
    let statement = AssertSqlSafe(statement.to_owned());
    if url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(url).await.unwrap();
        sqlx::query(statement).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    } else {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::query(statement).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }
}

/// Not the C locale: production databases sort as people do, and ranges of keys must not depend on it.
const EMPTY: &str = "template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'";

/// The server on which tests make databases.
fn server() -> Option<String> {
    let server = set(URL);
    let required = set("CI").is_some() || set("REGAIN_REQUIRE_POSTGRES").is_some();
    assert!(server.is_some() || !required, "{URL} is not set, and this run must not skip PostgreSQL");
    server
}

fn address(server: &str, name: &str) -> String {
    match server.rsplit_once('/') {
        Some((host, _)) => format!("{host}/{name}"),
        None => panic!("{URL} must be postgres://user@host:port/database"),
    }
}

/// Makes the template of this process, and removes those of processes that have ended.
async fn template(server: &str) -> String {
    let mut connection = PgConnection::connect(server).await.unwrap();
    let templates: Vec<(String,)> = sqlx::query_as("SELECT datname FROM pg_database WHERE datname LIKE $1")
        .bind(format!("{TEMPLATE}%"))
        .fetch_all(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    for (name,) in templates {
        let process = name.trim_start_matches(TEMPLATE);
        if !std::path::Path::new("/proc").join(process).exists() {
            drop_database(server, &name).await;
        }
    }
    let name = format!("{TEMPLATE}{}", std::process::id());
    create_database(server, &name, EMPTY).await;
    let store = Store::open(&address(server, &name)).await.unwrap();
    store.migrate().await.unwrap();
    store.close().await;
    name
}

async fn create_database(server: &str, name: &str, like: &str) {
    drop_database(server, name).await;
    let create = execute(server, format!("CREATE DATABASE {name} TEMPLATE {like}")).await;
    create.expect("the user of the test's PostgreSQL may create databases");
}

fn set(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

async fn drop_database(server: &str, name: &str) {
    let _ = execute(server, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
}

async fn execute(server: &str, statement: String) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect(server).await?;
    sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await?;
    connection.close().await
}
