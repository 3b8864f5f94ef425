//! SQL of [`Holds`].

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::{Db, Tx};
use crate::{Hold, Holds, Result};

#[async_trait]
impl Holds for Tx {
    async fn begin_hold(&mut self, hold: &Hold) -> Result<()> {
        sqlx::query(
            "INSERT INTO holds (user_id, reset_at, proofs, approver, carried_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (user_id) DO UPDATE SET reset_at = excluded.reset_at, proofs = excluded.proofs,
                approver = excluded.approver, carried_at = excluded.carried_at",
        )
        .bind(hold.user_id)
        .bind(hold.reset_at)
        .bind(&hold.proofs)
        .bind(&hold.approver)
        .bind(hold.carried_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn hold(&mut self, user_id: Uuid) -> Result<Option<Hold>> {
        Ok(sqlx::query_as::<Db, Hold>("SELECT * FROM holds WHERE user_id = $1")
            .bind(user_id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn carry_hold(&mut self, user_id: Uuid, reset_at: Timestamp, at: Timestamp) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE holds SET carried_at = $3 WHERE user_id = $1 AND reset_at = $2 AND carried_at IS NULL",
        )
        .bind(user_id)
        .bind(reset_at)
        .bind(at)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn end_hold(&mut self, user_id: Uuid) -> Result<bool> {
        let done =
            sqlx::query("DELETE FROM holds WHERE user_id = $1").bind(user_id).execute(&mut self.0).await?;
        Ok(done.rows_affected() == 1)
    }

    async fn agree_session(&mut self, id: Uuid, token_hash: &[u8], by: &str, at: Timestamp) -> Result<bool> {
        let set = "UPDATE sessions SET agreed_at = $3, agreed_by = $4, token_hash = $2 WHERE id = $1";
        let done = sqlx::query(set).bind(id).bind(token_hash).bind(at).bind(by).execute(&mut self.0).await?;
        Ok(done.rows_affected() == 1)
    }

    async fn sweep_holds(&mut self, before: Timestamp) -> Result<u64> {
        let done =
            sqlx::query("DELETE FROM holds WHERE reset_at < $1").bind(before).execute(&mut self.0).await?;
        Ok(done.rows_affected())
    }
}
