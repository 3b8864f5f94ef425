//! SQL of [`Maintenance`].

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::{Db, Tx};
use crate::{Maintenance, Method, Result, Voided};

#[async_trait]
impl Maintenance for Tx {
    async fn sealed_methods(&mut self, after: Uuid, limit: i64) -> Result<Vec<Method>> {
        Ok(sqlx::query_as::<Db, Method>(
            "SELECT * FROM methods WHERE sealed IS NOT NULL AND id > $1 ORDER BY id LIMIT $2",
        )
        .bind(after)
        .bind(limit)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn reseal_method(&mut self, id: Uuid, old: &[u8], new: &[u8]) -> Result<bool> {
        let done = sqlx::query("UPDATE methods SET sealed = $3 WHERE id = $1 AND sealed = $2")
            .bind(id)
            .bind(old)
            .bind(new)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn void_all(&mut self, notices_before: Timestamp, at: Timestamp) -> Result<Voided> {
        let flows =
            sqlx::query("UPDATE flows SET closed_at = $1, outcome = 'closed' WHERE closed_at IS NULL")
                .bind(at)
                .execute(&mut self.0)
                .await?;
        let challenges = sqlx::query(
            "UPDATE challenges SET superseded_at = $1 WHERE consumed_at IS NULL AND superseded_at IS NULL",
        )
        .bind(at)
        .execute(&mut self.0)
        .await?;
        sqlx::query("UPDATE help_calls SET ended_at = $1 WHERE ended_at IS NULL")
            .bind(at)
            .execute(&mut self.0)
            .await?;
        sqlx::query("DELETE FROM temporary_passes").execute(&mut self.0).await?;
        let messages = sqlx::query(
            "UPDATE outbox SET parked_at = $1, claimed_until = NULL, sealed = NULL, error = 'restored from a backup'
             WHERE sent_at IS NULL AND parked_at IS NULL AND (purpose = 'code' OR created_at < $2)",
        )
        .bind(at)
        .bind(notices_before)
        .execute(&mut self.0)
        .await?;
        sqlx::query("DELETE FROM answered_forms").execute(&mut self.0).await?;
        let sessions = sqlx::query("DELETE FROM sessions").execute(&mut self.0).await?;
        Ok(Voided {
            sessions: sessions.rows_affected(),
            flows: flows.rows_affected(),
            challenges: challenges.rows_affected(),
            messages: messages.rows_affected(),
        })
    }

    async fn raise_steps(&mut self, until: Timestamp) -> Result<u64> {
        let done = sqlx::query(
            "UPDATE methods SET last_step = now.step FROM (
                SELECT app.id, $1 / COALESCE(token.period, 30) + COALESCE(token.drift, 0) AS step
                FROM methods AS app LEFT JOIN hardware_tokens AS token ON token.method_id = app.id
                WHERE app.method = 'app_code') AS now
             WHERE methods.id = now.id AND (methods.last_step IS NULL OR methods.last_step < now.step)",
        )
        .bind(until.seconds())
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected())
    }
}
