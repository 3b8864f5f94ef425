//! SQL of [`HelpCalls`].

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::{Db, Tx};
use crate::{Challenge, HelpCall, HelpCallProof, HelpCalls, Result};

#[async_trait]
impl HelpCalls for Tx {
    async fn add_help_call(&mut self, call: &HelpCall) -> Result<()> {
        sqlx::query(
            "INSERT INTO help_calls (id, admin_id, user_id, support_code, opened_at, expires_at, overridden_by,
                ended_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(call.id)
        .bind(call.admin_id)
        .bind(call.user_id)
        .bind(&call.support_code)
        .bind(call.opened_at)
        .bind(call.expires_at)
        .bind(&call.overridden_by)
        .bind(call.ended_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn help_call(&mut self, id: Uuid) -> Result<Option<HelpCall>> {
        Ok(sqlx::query_as::<Db, HelpCall>("SELECT * FROM help_calls WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn open_help_call(
        &mut self,
        admin_id: Uuid,
        user_id: Uuid,
        now: Timestamp,
    ) -> Result<Option<HelpCall>> {
        Ok(sqlx::query_as::<Db, HelpCall>(
            "SELECT * FROM help_calls
             WHERE admin_id = $1 AND user_id = $2 AND expires_at > $3 AND ended_at IS NULL
             ORDER BY opened_at DESC, id DESC LIMIT 1",
        )
        .bind(admin_id)
        .bind(user_id)
        .bind(now)
        .fetch_optional(&mut self.0)
        .await?)
    }

    async fn override_help_call(&mut self, id: Uuid, by: &str, now: Timestamp) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE help_calls SET overridden_by = $2 WHERE id = $1 AND expires_at > $3 AND ended_at IS NULL",
        )
        .bind(id)
        .bind(by)
        .bind(now)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn add_help_call_proof(&mut self, proof: &HelpCallProof) -> Result<bool> {
        let done = sqlx::query(
            "INSERT INTO help_call_proofs (challenge_id, help_call_id, method, method_id, destination, proved_at)
             SELECT $1, id, $3, $4, $5, $6 FROM help_calls
             WHERE id = $2 AND expires_at > $6 AND ended_at IS NULL",
        )
        .bind(proof.challenge_id)
        .bind(proof.help_call_id)
        .bind(&proof.method)
        .bind(proof.method_id)
        .bind(&proof.destination)
        .bind(proof.proved_at)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn help_call_proofs(&mut self, id: Uuid) -> Result<Vec<HelpCallProof>> {
        Ok(sqlx::query_as::<Db, HelpCallProof>(
            "SELECT * FROM help_call_proofs WHERE help_call_id = $1 ORDER BY proved_at, challenge_id",
        )
        .bind(id)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn help_call_challenge(&mut self, id: Uuid) -> Result<Option<Challenge>> {
        Ok(sqlx::query_as::<Db, Challenge>(
            "SELECT * FROM challenges WHERE help_call_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1",
        )
        .bind(id)
        .fetch_optional(&mut self.0)
        .await?)
    }

    async fn end_help_calls(&mut self, user_id: Uuid, now: Timestamp) -> Result<()> {
        sqlx::query("UPDATE help_calls SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL")
            .bind(user_id)
            .bind(now)
            .execute(&mut self.0)
            .await?;
        sqlx::query("DELETE FROM temporary_passes WHERE user_id = $1 AND used_at IS NULL")
            .bind(user_id)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn sweep_help_calls(&mut self, before: Timestamp) -> Result<u64> {
        let done = sqlx::query("DELETE FROM help_calls WHERE expires_at < $1")
            .bind(before)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected())
    }
}
