//! SQL of [`Gateways`].

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::{Db, Tx};
use crate::{CallRow, DeliveryRow, GatewayRow, Gateways, Result, Spent};

#[async_trait]
impl Gateways for Tx {
    async fn gateways(&mut self) -> Result<Vec<GatewayRow>> {
        Ok(sqlx::query_as::<Db, GatewayRow>("SELECT * FROM gateways ORDER BY channel, position, id")
            .fetch_all(&mut self.0)
            .await?)
    }

    async fn save_gateway(&mut self, gateway: &GatewayRow) -> Result<()> {
        sqlx::query(
            "INSERT INTO gateways (id, channel, position, kind, name, url, account, sender, sealed, cost, changed_at,
                failures, broken_until, last_error, last_error_at, last_sent_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
             ON CONFLICT (id) DO UPDATE SET position = excluded.position, kind = excluded.kind,
                name = excluded.name, url = excluded.url, account = excluded.account, sender = excluded.sender,
                sealed = excluded.sealed, cost = excluded.cost, changed_at = excluded.changed_at,
                failures = excluded.failures, broken_until = excluded.broken_until,
                last_error = excluded.last_error, last_error_at = excluded.last_error_at",
        )
        .bind(gateway.id)
        .bind(&gateway.channel)
        .bind(gateway.position)
        .bind(&gateway.kind)
        .bind(&gateway.name)
        .bind(&gateway.url)
        .bind(&gateway.account)
        .bind(&gateway.sender)
        .bind(&gateway.sealed)
        .bind(gateway.cost)
        .bind(gateway.changed_at)
        .bind(gateway.failures)
        .bind(gateway.broken_until)
        .bind(&gateway.last_error)
        .bind(gateway.last_error_at)
        .bind(gateway.last_sent_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn delete_gateway(&mut self, id: Uuid) -> Result<bool> {
        let done = sqlx::query("DELETE FROM gateways WHERE id = $1").bind(id).execute(&mut self.0).await?;
        Ok(done.rows_affected() == 1)
    }

    async fn gateway_worked(&mut self, id: Uuid, at: Timestamp) -> Result<()> {
        sqlx::query("UPDATE gateways SET failures = 0, broken_until = NULL, last_sent_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn gateway_failed(
        &mut self,
        id: Uuid,
        error: &str,
        at: Timestamp,
        most: i64,
        broken_until: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "UPDATE gateways SET failures = failures + 1, last_error = $2, last_error_at = $3,
                broken_until = CASE WHEN failures + 1 >= $4 THEN $5 ELSE broken_until END
             WHERE id = $1",
        )
        .bind(id)
        .bind(error)
        .bind(at)
        .bind(most)
        .bind(broken_until)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn reseal_gateway(&mut self, id: Uuid, old: &[u8], new: &[u8]) -> Result<bool> {
        let done = sqlx::query("UPDATE gateways SET sealed = $3 WHERE id = $1 AND sealed = $2")
            .bind(id)
            .bind(old)
            .bind(new)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn spent(
        &mut self,
        since: Timestamp,
        number_key: &str,
        prefix: &str,
        except: Uuid,
    ) -> Result<Spent> {
        Ok(sqlx::query_as::<Db, Spent>(
            "SELECT COUNT(*) AS messages,
                    COUNT(CASE WHEN number_key = $2 THEN 1 END) AS to_number,
                    COUNT(CASE WHEN prefix = $3 THEN 1 END) AS to_prefix,
                    CAST(COALESCE(SUM(cost), 0) AS BIGINT) AS cost
             FROM deliveries WHERE created_at > $1 AND state <> 'failed' AND message_id <> $4",
        )
        .bind(since)
        .bind(number_key)
        .bind(prefix)
        .bind(except)
        .fetch_one(&mut self.0)
        .await?)
    }

    async fn begin_delivery(&mut self, delivery: &DeliveryRow) -> Result<()> {
        sqlx::query(
            "INSERT INTO deliveries (message_id, channel, gateway_id, number_key, prefix, cost, state, created_at, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             ON CONFLICT (message_id) DO UPDATE SET gateway_id = excluded.gateway_id, cost = excluded.cost,
                state = excluded.state, created_at = excluded.created_at, changed_at = excluded.changed_at",
        )
        .bind(delivery.message_id)
        .bind(&delivery.channel)
        .bind(delivery.gateway_id)
        .bind(&delivery.number_key)
        .bind(&delivery.prefix)
        .bind(delivery.cost)
        .bind(&delivery.state)
        .bind(delivery.created_at)
        .bind(delivery.changed_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn delivery(&mut self, message_id: Uuid) -> Result<Option<DeliveryRow>> {
        Ok(sqlx::query_as::<Db, DeliveryRow>("SELECT * FROM deliveries WHERE message_id = $1")
            .bind(message_id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn report_delivery(
        &mut self,
        message_id: Uuid,
        state: &str,
        gateway: Option<(Uuid, i64)>,
        at: Timestamp,
    ) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE deliveries SET state = $2, changed_at = $3, gateway_id = COALESCE($4, gateway_id),
                cost = COALESCE($5, cost)
             WHERE message_id = $1 AND state <> $2 AND state NOT IN ('delivered', 'undelivered')",
        )
        .bind(message_id)
        .bind(state)
        .bind(at)
        .bind(gateway.map(|(id, _)| id))
        .bind(gateway.map(|(_, cost)| cost))
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn add_call(&mut self, call: &CallRow) -> Result<()> {
        sqlx::query(
            "INSERT INTO calls (message_id, token_hash, gateway_id, challenge_id, sealed, template, locale, support_code,
                state, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (message_id) DO UPDATE SET token_hash = excluded.token_hash,
                gateway_id = excluded.gateway_id, sealed = excluded.sealed, state = excluded.state",
        )
        .bind(call.message_id)
        .bind(&call.token_hash)
        .bind(call.gateway_id)
        .bind(call.challenge_id)
        .bind(&call.sealed)
        .bind(&call.template)
        .bind(&call.locale)
        .bind(&call.support_code)
        .bind(&call.state)
        .bind(call.expires_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn call(&mut self, token_hash: &[u8]) -> Result<Option<CallRow>> {
        Ok(sqlx::query_as::<Db, CallRow>("SELECT * FROM calls WHERE token_hash = $1")
            .bind(token_hash)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn end_call(&mut self, message_id: Uuid, state: &str) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE calls SET state = $2, sealed = CASE WHEN $2 = 'denied' THEN NULL ELSE sealed END
             WHERE message_id = $1 AND state = 'calling'",
        )
        .bind(message_id)
        .bind(state)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn challenge_user(&mut self, challenge_id: Uuid) -> Result<Option<Uuid>> {
        let row = sqlx::query_as::<Db, (Option<Uuid>,)>("SELECT user_id FROM challenges WHERE id = $1")
            .bind(challenge_id)
            .fetch_optional(&mut self.0)
            .await?;
        Ok(row.and_then(|(user_id,)| user_id))
    }

    async fn sweep_deliveries(&mut self, before: Timestamp, now: Timestamp) -> Result<u64> {
        let deliveries = sqlx::query("DELETE FROM deliveries WHERE created_at < $1")
            .bind(before)
            .execute(&mut self.0)
            .await?;
        sqlx::query("DELETE FROM calls WHERE expires_at <= $1").bind(now).execute(&mut self.0).await?;
        sqlx::query("DELETE FROM changed_destinations WHERE at < $1")
            .bind(before)
            .execute(&mut self.0)
            .await?;
        Ok(deliveries.rows_affected())
    }

    async fn mark_destination(&mut self, destination: &str, mark: &str, at: Timestamp) -> Result<()> {
        sqlx::query(
            "INSERT INTO destination_marks (destination, mark, at) VALUES ($1, $2, $3)
             ON CONFLICT (destination, mark) DO UPDATE SET at = excluded.at",
        )
        .bind(destination)
        .bind(mark)
        .bind(at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn clear_destination(&mut self, destination: &str) -> Result<()> {
        sqlx::query("DELETE FROM destination_marks WHERE destination = $1")
            .bind(destination)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn clear_mark(&mut self, destination: &str, mark: &str) -> Result<()> {
        sqlx::query("DELETE FROM destination_marks WHERE destination = $1 AND mark = $2")
            .bind(destination)
            .bind(mark)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn destination_marks(&mut self, destinations: &[String]) -> Result<Vec<(String, String)>> {
        let mut query = sqlx::query_as::<Db, (String, String)>(
            "SELECT destination, mark FROM destination_marks
             WHERE destination IN ($1, $2, $3, $4, $5, $6, $7, $8) ORDER BY destination, mark",
        );
        for place in 0..8 {
            query = query.bind(destinations.get(place).map_or("", String::as_str));
        }
        Ok(query.fetch_all(&mut self.0).await?)
    }

    async fn note_change(&mut self, user_id: Uuid, destination: &str, at: Timestamp) -> Result<()> {
        sqlx::query(
            "INSERT INTO changed_destinations (user_id, destination, at) VALUES ($1, $2, $3)
             ON CONFLICT (user_id, destination) DO UPDATE SET at = excluded.at",
        )
        .bind(user_id)
        .bind(destination)
        .bind(at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn changes_since(&mut self, user_id: Uuid, since: Timestamp) -> Result<Vec<(String, Timestamp)>> {
        Ok(sqlx::query_as::<Db, (String, Timestamp)>(
            "SELECT destination, at FROM changed_destinations
             WHERE user_id = $1 AND at > $2 ORDER BY destination",
        )
        .bind(user_id)
        .bind(since)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn set_extension(&mut self, method_id: Uuid, extension: &str) -> Result<()> {
        sqlx::query(
            "INSERT INTO phone_extensions (method_id, extension) VALUES ($1, $2)
             ON CONFLICT (method_id) DO UPDATE SET extension = excluded.extension",
        )
        .bind(method_id)
        .bind(extension)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn extension(&mut self, method_id: Uuid) -> Result<Option<String>> {
        let row =
            sqlx::query_as::<Db, (String,)>("SELECT extension FROM phone_extensions WHERE method_id = $1")
                .bind(method_id)
                .fetch_optional(&mut self.0)
                .await?;
        Ok(row.map(|(extension,)| extension))
    }
}
