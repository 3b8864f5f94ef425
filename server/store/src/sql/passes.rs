//! SQL of [`Passes`].

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::{Db, Tx};
use crate::{Passes, Result, TemporaryPass};

#[async_trait]
impl Passes for Tx {
    async fn put_pass(&mut self, pass: &TemporaryPass) -> Result<()> {
        self.delete_pass(pass.user_id).await?;
        sqlx::query(
            "INSERT INTO temporary_passes (user_id, id, verifier, one_time, issued_by, issuer, issued_at, expires_at,
                used_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(pass.user_id)
        .bind(pass.id)
        .bind(&pass.verifier)
        .bind(pass.one_time)
        .bind(pass.issued_by)
        .bind(&pass.issuer)
        .bind(pass.issued_at)
        .bind(pass.expires_at)
        .bind(pass.used_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn pass(&mut self, user_id: Uuid) -> Result<Option<TemporaryPass>> {
        Ok(sqlx::query_as::<Db, TemporaryPass>("SELECT * FROM temporary_passes WHERE user_id = $1")
            .bind(user_id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn use_pass(&mut self, id: Uuid, now: Timestamp) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE temporary_passes SET used_at = $2
             WHERE id = $1 AND expires_at > $2 AND (used_at IS NULL OR NOT one_time)",
        )
        .bind(id)
        .bind(now)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete_pass(&mut self, user_id: Uuid) -> Result<bool> {
        sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND pass_id IS NOT NULL")
            .bind(user_id)
            .execute(&mut self.0)
            .await?;
        let done = sqlx::query("DELETE FROM temporary_passes WHERE user_id = $1")
            .bind(user_id)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn sweep_passes(&mut self, now: Timestamp) -> Result<u64> {
        let passes = sqlx::query("DELETE FROM temporary_passes WHERE expires_at <= $1")
            .bind(now)
            .execute(&mut self.0)
            .await?;
        Ok(passes.rows_affected())
    }
}
