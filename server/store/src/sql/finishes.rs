//! SQL of [`Finishes`].

use async_trait::async_trait;
use regain_core::time::Timestamp;

use super::{Db, Tx};
use crate::{Finish, Finishes, Result};

#[async_trait]
impl Finishes for Tx {
    async fn offer_finish(&mut self, finish: &Finish) -> Result<bool> {
        let done = sqlx::query(
            "INSERT INTO finishes (flow_id, device_id, link_hash, token_hash, expires_at, opened_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (flow_id) DO UPDATE SET device_id = excluded.device_id, link_hash = excluded.link_hash,
                expires_at = excluded.expires_at
             WHERE finishes.opened_at IS NULL",
        )
        .bind(finish.flow_id)
        .bind(finish.device_id)
        .bind(&finish.link_hash)
        .bind(&finish.token_hash)
        .bind(finish.expires_at)
        .bind(finish.opened_at)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn finish_by_link(&mut self, link_hash: &[u8]) -> Result<Option<Finish>> {
        Ok(sqlx::query_as::<Db, Finish>("SELECT * FROM finishes WHERE link_hash = $1")
            .bind(link_hash)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn open_finish(&mut self, link_hash: &[u8], token_hash: &[u8], now: Timestamp) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE finishes SET token_hash = $2, opened_at = $3
             WHERE link_hash = $1 AND opened_at IS NULL AND expires_at > $3",
        )
        .bind(link_hash)
        .bind(token_hash)
        .bind(now)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn finish_by_token(&mut self, token_hash: &[u8]) -> Result<Option<Finish>> {
        Ok(sqlx::query_as::<Db, Finish>("SELECT * FROM finishes WHERE token_hash = $1")
            .bind(token_hash)
            .fetch_optional(&mut self.0)
            .await?)
    }
}
