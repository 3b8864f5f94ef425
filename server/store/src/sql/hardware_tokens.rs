//! SQL of [`HardwareTokens`].

use async_trait::async_trait;
use regain_core::text::{lines_key, search_key};
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::paging::Bound;
use super::{Db, Tx};
use crate::{HardwareToken, HardwareTokens, ListedToken, Page, Result, TokenFilter};

#[async_trait]
impl HardwareTokens for Tx {
    async fn add_token(&mut self, token: &HardwareToken) -> Result<bool> {
        let done = sqlx::query(
            "INSERT INTO hardware_tokens (id, user_id, method_id, serial, serial_key, manufacturer, model, period,
                sealed, drift, created_at, search_key)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             ON CONFLICT (serial_key) DO NOTHING",
        )
        .bind(token.id)
        .bind(token.user_id)
        .bind(token.method_id)
        .bind(&token.serial)
        .bind(&token.serial_key)
        .bind(&token.manufacturer)
        .bind(&token.model)
        .bind(token.period)
        .bind(&token.sealed)
        .bind(token.drift)
        .bind(token.created_at)
        .bind(lines_key(&format!("{}\n{}\n{}", token.serial, token.manufacturer, token.model)))
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn token(&mut self, id: Uuid) -> Result<Option<HardwareToken>> {
        Ok(sqlx::query_as::<Db, HardwareToken>("SELECT * FROM hardware_tokens WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn tokens_of(&mut self, user_id: Uuid) -> Result<Vec<HardwareToken>> {
        Ok(sqlx::query_as::<Db, HardwareToken>(
            "SELECT * FROM hardware_tokens WHERE user_id = $1 ORDER BY serial_key",
        )
        .bind(user_id)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn tokens(&mut self, filter: &TokenFilter, page: &Page) -> Result<Vec<ListedToken>> {
        self.list_tokens(filter, Bound::After(&page.after), page.limit).await
    }

    async fn tokens_before(
        &mut self,
        filter: &TokenFilter,
        key: &str,
        limit: i64,
    ) -> Result<Vec<ListedToken>> {
        self.list_tokens(filter, Bound::Before(key), limit).await
    }

    async fn activate_token(&mut self, id: Uuid, drift: i64) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE hardware_tokens SET method_id = id, sealed = NULL, drift = $2
             WHERE id = $1 AND method_id IS NULL",
        )
        .bind(id)
        .bind(drift)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn set_drift(&mut self, method_id: Uuid, drift: i64) -> Result<()> {
        sqlx::query("UPDATE hardware_tokens SET drift = $2 WHERE method_id = $1")
            .bind(method_id)
            .bind(drift)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn delete_token(&mut self, id: Uuid) -> Result<bool> {
        let done = sqlx::query("DELETE FROM hardware_tokens WHERE id = $1 AND method_id IS NULL")
            .bind(id)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn sealed_tokens(&mut self, after: Uuid, limit: i64) -> Result<Vec<HardwareToken>> {
        Ok(sqlx::query_as::<Db, HardwareToken>(
            "SELECT * FROM hardware_tokens WHERE sealed IS NOT NULL AND id > $1 ORDER BY id LIMIT $2",
        )
        .bind(after)
        .bind(limit)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn reseal_token(&mut self, id: Uuid, old: &[u8], new: &[u8]) -> Result<bool> {
        let done = sqlx::query("UPDATE hardware_tokens SET sealed = $3 WHERE id = $1 AND sealed = $2")
            .bind(id)
            .bind(old)
            .bind(new)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }
}

impl Tx {
    async fn list_tokens(
        &mut self,
        filter: &TokenFilter,
        bound: Bound<'_>,
        limit: i64,
    ) -> Result<Vec<ListedToken>> {
        let mut query = QueryBuilder::<Db>::new(
            "SELECT token.id, token.user_id, token.method_id IS NOT NULL AS active, token.serial, token.serial_key,
                token.manufacturer, token.model, token.period, owner.upn, owner.display_name
             FROM hardware_tokens AS token JOIN users AS owner ON owner.id = token.user_id WHERE 1 = 1",
        );
        match filter.active {
            Some(true) => drop(query.push(" AND token.method_id IS NOT NULL")),
            Some(false) => drop(query.push(" AND token.method_id IS NULL")),
            None => {}
        }
        begins(&mut query, &search_key(&filter.search));
        bound.end(&mut query, "token.serial_key", limit);
        Ok(bound.in_order(query.build_query_as::<ListedToken>().fetch_all(&mut self.0).await?))
    }
}

/// Serial number, manufacturer, model or a name of the owner begins with `search`. Every token is looked at: there are
/// not so many of them.
fn begins(query: &mut QueryBuilder<Db>, search: &str) {
    if search.is_empty() {
        return;
    }
    let begin = search.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    query.push(" AND (token.search_key LIKE ").push_bind(format!("%\n{begin}%")).push(" ESCAPE '\\'");
    for column in ["owner.upn_key", "owner.name_key", "owner.surname_key"] {
        query.push(" OR ").push(column).push(" LIKE ").push_bind(format!("{begin}%")).push(" ESCAPE '\\'");
    }
    query.push(")");
}
