//! Keys that lists are searched by. They are written with their rows; those of rows from before the present way of
//! folding are folded anew at the end of a migration, which an interrupted one takes up again.

use async_trait::async_trait;
use regain_core::text::FOLDING;
use uuid::Uuid;

use crate::{Result, Store};

/// Rows that one transaction folds anew, so that a running server gets its turn to write.
const ROWS: i64 = 1_000;

/// Where folding anew has come to: which of the keys, and the last row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refolded {
    /// Place of the key among all.
    pub key: usize,
    /// The last row that was done, by the id that its table has.
    pub row: Uuid,
    /// The same, where rows are numbered.
    pub number: i64,
}

/// Search keys.
#[async_trait]
pub trait SearchKeys {
    /// The way in which all keys are folded; 0 for one before these were counted.
    async fn search_folding(&mut self) -> Result<i64>;
    /// Writes that all keys are folded so.
    async fn set_search_folding(&mut self, folding: i64) -> Result<()>;
    /// Folds the keys of the next rows anew, at most `limit`; `None` when all are done.
    async fn refold(&mut self, done: Refolded, limit: i64) -> Result<Option<Refolded>>;
}

/// Folds all keys anew, unless they are folded in the present way. Safe to do twice at once.
pub(crate) async fn refold(store: &Store) -> Result<()> {
    if store.read().await?.search_folding().await? >= FOLDING {
        return Ok(());
    }
    let mut done = Some(Refolded::default());
    while let Some(before) = done {
        let mut tx = store.write().await?;
        done = tx.refold(before, ROWS).await?;
        if done.is_none() {
            tx.set_search_folding(FOLDING).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}
