//! SQL of [`Outbox`].

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::{Db, Tx};
use crate::{DemoMessage, Outbox, OutboxMessage, Result, SWEPT};

#[async_trait]
impl Outbox for Tx {
    async fn enqueue(&mut self, message: &OutboxMessage) -> Result<()> {
        sqlx::query(
            "INSERT INTO outbox (id, channel, purpose, recipients, template, params, sealed, locale, support_code,
                created_at, dies_at, challenge_id, due_at, tries, claimed_until, sent_at, parked_at, error)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        )
        .bind(message.id)
        .bind(&message.channel)
        .bind(&message.purpose)
        .bind(&message.recipients)
        .bind(&message.template)
        .bind(&message.params)
        .bind(&message.sealed)
        .bind(&message.locale)
        .bind(&message.support_code)
        .bind(message.created_at)
        .bind(message.dies_at)
        .bind(message.challenge_id)
        .bind(message.due_at)
        .bind(message.tries)
        .bind(message.claimed_until)
        .bind(message.sent_at)
        .bind(message.parked_at)
        .bind(&message.error)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn outbox_is_due(&mut self, now: Timestamp) -> Result<bool> {
        let row: Option<(i64,)> = sqlx::query_as::<Db, _>(
            "SELECT tries FROM outbox
             WHERE sent_at IS NULL AND parked_at IS NULL AND due_at <= $1
               AND (claimed_until IS NULL OR claimed_until <= $1)
             LIMIT 1",
        )
        .bind(now)
        .fetch_optional(&mut self.0)
        .await?;
        Ok(row.is_some())
    }

    async fn claim(&mut self, now: Timestamp, until: Timestamp, limit: i64) -> Result<Vec<OutboxMessage>> {
        // The outer condition is tested again on the row as it is when its lock is had, so two workers never share one.
        Ok(sqlx::query_as::<Db, OutboxMessage>(
            "UPDATE outbox SET claimed_until = $2, tries = tries + 1
             WHERE id IN (
                SELECT id FROM outbox
                WHERE sent_at IS NULL AND parked_at IS NULL AND due_at <= $1
                  AND (claimed_until IS NULL OR claimed_until <= $1)
                ORDER BY due_at, id LIMIT $3)
               AND sent_at IS NULL AND parked_at IS NULL AND (claimed_until IS NULL OR claimed_until <= $1)
             RETURNING *",
        )
        .bind(now)
        .bind(until)
        .bind(limit)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn mark_sent(&mut self, id: Uuid, at: Timestamp) -> Result<()> {
        sqlx::query(
            "UPDATE outbox SET sent_at = $2, claimed_until = NULL, sealed = NULL, error = NULL WHERE id = $1",
        )
        .bind(id)
        .bind(at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn retry_at(&mut self, id: Uuid, due_at: Timestamp, error: &str) -> Result<()> {
        sqlx::query("UPDATE outbox SET due_at = $2, claimed_until = NULL, error = $3 WHERE id = $1")
            .bind(id)
            .bind(due_at)
            .bind(error)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn forget_error(&mut self, id: Uuid) -> Result<()> {
        sqlx::query("UPDATE outbox SET error = NULL WHERE id = $1").bind(id).execute(&mut self.0).await?;
        Ok(())
    }

    async fn park(&mut self, id: Uuid, error: &str, at: Timestamp) -> Result<()> {
        sqlx::query(
            "UPDATE outbox SET parked_at = $3, claimed_until = NULL, error = $2,
                sealed = CASE WHEN purpose = 'notice' THEN sealed END WHERE id = $1",
        )
        .bind(id)
        .bind(error)
        .bind(at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn parked(&mut self, limit: i64) -> Result<Vec<OutboxMessage>> {
        Ok(sqlx::query_as::<Db, OutboxMessage>(
            "SELECT * FROM outbox WHERE parked_at IS NOT NULL ORDER BY parked_at DESC, id LIMIT $1",
        )
        .bind(limit)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn unpark(&mut self, id: Uuid, now: Timestamp) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE outbox SET parked_at = NULL, error = NULL, tries = 0, due_at = $2, claimed_until = NULL
             WHERE id = $1 AND parked_at IS NOT NULL AND purpose = 'notice'",
        )
        .bind(id)
        .bind(now)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn outbox_counts(&mut self) -> Result<(i64, i64)> {
        Ok(sqlx::query_as::<Db, _>(
            "SELECT (SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL AND parked_at IS NULL),
                    (SELECT COUNT(*) FROM outbox WHERE parked_at IS NOT NULL)",
        )
        .fetch_one(&mut self.0)
        .await?)
    }

    async fn sweep_outbox(&mut self, before: Timestamp) -> Result<u64> {
        let done = sqlx::query(
            "DELETE FROM outbox WHERE id IN (
                SELECT id FROM outbox WHERE sent_at < $1 OR parked_at < $1 LIMIT $2)",
        )
        .bind(before)
        .bind(SWEPT)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected())
    }

    async fn add_demo_message(&mut self, message: &DemoMessage) -> Result<()> {
        sqlx::query(
            "INSERT INTO demo_outbox (id, channel, recipients, subject, text, html, sent_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(message.id)
        .bind(&message.channel)
        .bind(&message.recipients)
        .bind(&message.subject)
        .bind(&message.text)
        .bind(&message.html)
        .bind(message.sent_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn demo_messages(&mut self, limit: i64) -> Result<Vec<DemoMessage>> {
        Ok(sqlx::query_as::<Db, DemoMessage>(
            "SELECT * FROM demo_outbox ORDER BY sent_at DESC, id DESC LIMIT $1",
        )
        .bind(limit)
        .fetch_all(&mut self.0)
        .await?)
    }
}
