//! SQL of [`ReportLinks`].

use async_trait::async_trait;
use regain_core::time::Timestamp;

use super::{Db, Tx};
use crate::{ReportLink, ReportLinks, Result, SWEPT};

#[async_trait]
impl ReportLinks for Tx {
    async fn add_report_link(&mut self, link: &ReportLink) -> Result<()> {
        sqlx::query(
            "INSERT INTO report_links (token_hash, user_id, kind, support_code, created_at, expires_at, used_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&link.token_hash)
        .bind(link.user_id)
        .bind(&link.kind)
        .bind(&link.support_code)
        .bind(link.created_at)
        .bind(link.expires_at)
        .bind(link.used_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn report_link(&mut self, token_hash: &[u8]) -> Result<Option<ReportLink>> {
        Ok(sqlx::query_as::<Db, ReportLink>("SELECT * FROM report_links WHERE token_hash = $1")
            .bind(token_hash)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn use_report_link(&mut self, token_hash: &[u8], now: Timestamp) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE report_links SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2",
        )
        .bind(token_hash)
        .bind(now)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn sweep_report_links(&mut self, now: Timestamp) -> Result<u64> {
        let done = sqlx::query(
            "DELETE FROM report_links WHERE token_hash IN (
                SELECT token_hash FROM report_links WHERE expires_at <= $1 LIMIT $2)",
        )
        .bind(now)
        .bind(SWEPT)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected())
    }
}
