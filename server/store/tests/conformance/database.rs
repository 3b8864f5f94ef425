//! The engines under test.

use std::sync::Arc;

use regain_store::{Store, Tx};
use tempfile::TempDir;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::scratch::ScratchDatabase;

/// Runs each of the functions on both engines, as tests of their own.
macro_rules! on_both_engines {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $name() {
                    super::$name(crate::database::sqlite().await).await;
                }
            )+
        }
        mod on_postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $name() {
                    if let Some(database) = crate::database::postgres().await {
                        super::$name(database).await;
                    }
                }
            )+
        }
    };
}

/// A migrated database.
pub struct Database {
    pub store: Store,
    pub url: String,
    _kept: Kept,
}

#[allow(dead_code, reason = "what a test's database lives in")]
enum Kept {
    Folder(TempDir),
    Scratch(ScratchDatabase),
}

impl Database {
    async fn migrated(url: &str, kept: Kept) -> Self {
        let store = Store::open(url).await.unwrap();
        store.migrate().await.unwrap();
        Self { store, url: url.to_owned(), _kept: kept }
    }

    /// A reader.
    pub async fn read(&self) -> Box<dyn Tx> {
        self.store.read().await.unwrap()
    }

    /// A writer.
    pub async fn write(&self) -> Box<dyn Tx> {
        self.store.write().await.unwrap()
    }

    /// Does `one` this many times, all at once, and collects what they return.
    pub async fn at_once<T, F>(&self, times: usize, one: impl Fn(Store) -> F) -> Vec<T>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let gate = Arc::new(Barrier::new(times));
        let mut running = JoinSet::new();
        for _ in 0..times {
            let (gate, work) = (Arc::clone(&gate), one(self.store.clone()));
            running.spawn(async move {
                gate.wait().await;
                work.await
            });
        }
        running.join_all().await
    }
}

/// On SQLite, in a file.
pub async fn sqlite() -> Database {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("regain.db").display());
    Database::migrated(&url, Kept::Folder(folder)).await
}

/// On PostgreSQL, where there is one.
pub async fn postgres() -> Option<Database> {
    let scratch = ScratchDatabase::migrated().await?;
    let url = scratch.url().to_owned();
    Some(Database::migrated(&url, Kept::Scratch(scratch)).await)
}
