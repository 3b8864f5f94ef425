//! SQL of [`SearchKeys`].

use async_trait::async_trait;
use regain_core::text::{lines_key, search_key};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Db, Tx};
use crate::{Refolded, Result, SearchKeys};

/// A key: its table, that one's id, what it is made of, its column, and how.
struct Key {
    table: &'static str,
    id: &'static str,
    text: &'static str,
    column: &'static str,
    fold: fn(&str) -> String,
}

static KEYS: [Key; 6] = [
    Key { table: "users", id: "id", text: "display_name", column: "name_key", fold: search_key },
    Key { table: "users", id: "id", text: "surname", column: "surname_key", fold: search_key },
    Key {
        table: "groups",
        id: "id",
        text: "name || '\n' || description",
        column: "search_key",
        fold: lines_key,
    },
    Key {
        table: "hardware_tokens",
        id: "id",
        text: "serial || '\n' || manufacturer || '\n' || model",
        column: "search_key",
        fold: lines_key,
    },
    Key { table: "audit", id: "seq", text: "actor_upn", column: "actor_key", fold: search_key },
    Key { table: "audit", id: "seq", text: "target_name", column: "target_key", fold: search_key },
];

#[async_trait]
impl SearchKeys for Tx {
    async fn search_folding(&mut self) -> Result<i64> {
        let row: Option<(i64,)> = sqlx::query_as("SELECT folding FROM search_folding WHERE id = 1")
            .fetch_optional(&mut self.0)
            .await?;
        Ok(row.map_or(0, |(folding,)| folding))
    }

    async fn set_search_folding(&mut self, folding: i64) -> Result<()> {
        sqlx::query(
            "INSERT INTO search_folding (id, folding) VALUES (1, $1)
             ON CONFLICT (id) DO UPDATE SET folding = excluded.folding",
        )
        .bind(folding)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn refold(&mut self, done: Refolded, limit: i64) -> Result<Option<Refolded>> {
        let Some(key) = KEYS.get(done.key) else { return Ok(None) };
        let next = if key.id == "seq" {
            let last: Option<i64> = self.refold_rows(key, done.number, limit).await?;
            last.map(|number| Refolded { number, ..done })
        } else {
            let last: Option<Uuid> = self.refold_rows(key, done.row, limit).await?;
            last.map(|row| Refolded { row, ..done })
        };
        Ok(Some(next.unwrap_or(Refolded { key: done.key + 1, ..Refolded::default() })))
    }
}

impl Tx {
    /// The id of the last row that was looked at.
    async fn refold_rows<I>(&mut self, key: &Key, after: I, limit: i64) -> Result<Option<I>>
    where
        I: for<'q> sqlx::Encode<'q, Db>
            + for<'r> sqlx::Decode<'r, Db>
            + sqlx::Type<Db>
            + Copy
            + Send
            + Sync
            + Unpin
            + 'static,
    {
        let mut query = QueryBuilder::<Db>::new("SELECT ");
        query.push(key.id).push(", ").push(key.text).push(", ").push(key.column);
        query.push(" FROM ").push(key.table).push(" WHERE ").push(key.id).push(" > ").push_bind(after);
        query.push(" ORDER BY ").push(key.id).push(" LIMIT ").push_bind(limit);
        let rows: Vec<(I, String, String)> = query.build_query_as().fetch_all(&mut self.0).await?;
        for (id, text, before) in &rows {
            let folded = (key.fold)(text);
            if folded == *before {
                continue;
            }
            let mut update = QueryBuilder::<Db>::new("UPDATE ");
            update.push(key.table).push(" SET ").push(key.column).push(" = ").push_bind(folded);
            update.push(" WHERE ").push(key.id).push(" = ").push_bind(*id);
            update.build().execute(&mut self.0).await?;
        }
        Ok(rows.last().map(|(id, ..)| *id))
    }
}
