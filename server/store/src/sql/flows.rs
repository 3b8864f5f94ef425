//! SQL of [`Flows`].

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::{Db, Tx};
use crate::{Challenge, Flow, Flows, HelpCalls as _, NewChallenge, NewFlow, Proof, Result, SWEPT};

#[async_trait]
impl Flows for Tx {
    async fn add_flow(&mut self, flow: &NewFlow) -> Result<()> {
        sqlx::query(
            "INSERT INTO flows (id, token_hash, support_code, typed, account, user_id, intent, method, body, address,
                client, locale, created_at, expires_at, closed_at, outcome, browser)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        )
        .bind(flow.id)
        .bind(&flow.token_hash)
        .bind(&flow.support_code)
        .bind(&flow.typed)
        .bind(&flow.account)
        .bind(flow.user_id)
        .bind(&flow.intent)
        .bind(&flow.method)
        .bind(&flow.body)
        .bind(&flow.address)
        .bind(&flow.client)
        .bind(&flow.locale)
        .bind(flow.created_at)
        .bind(flow.expires_at)
        .bind(flow.closed_at)
        .bind(&flow.outcome)
        .bind(&flow.browser)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn flow(&mut self, token_hash: &[u8]) -> Result<Option<Flow>> {
        Ok(sqlx::query_as::<Db, Flow>("SELECT * FROM flows WHERE token_hash = $1")
            .bind(token_hash)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn flow_by_id(&mut self, id: Uuid) -> Result<Option<Flow>> {
        Ok(sqlx::query_as::<Db, Flow>("SELECT * FROM flows WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn flow_by_support_code(&mut self, support_code: &str) -> Result<Option<Flow>> {
        Ok(sqlx::query_as::<Db, Flow>(
            "SELECT * FROM flows WHERE support_code = $1 ORDER BY created_at DESC LIMIT 1",
        )
        .bind(support_code)
        .fetch_optional(&mut self.0)
        .await?)
    }

    async fn update_flow(&mut self, flow: &Flow) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE flows SET intent = $2, method = $3, body = $4 WHERE id = $1 AND closed_at IS NULL",
        )
        .bind(flow.id)
        .bind(&flow.intent)
        .bind(&flow.method)
        .bind(&flow.body)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn rotate_flow(&mut self, id: Uuid, token_hash: &[u8]) -> Result<bool> {
        let done = sqlx::query("UPDATE flows SET token_hash = $2 WHERE id = $1 AND closed_at IS NULL")
            .bind(id)
            .bind(token_hash)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn close_flow(&mut self, id: Uuid, outcome: &str, at: Timestamp) -> Result<bool> {
        let done =
            sqlx::query("UPDATE flows SET closed_at = $3, outcome = $2 WHERE id = $1 AND closed_at IS NULL")
                .bind(id)
                .bind(outcome)
                .bind(at)
                .execute(&mut self.0)
                .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn close_flows(
        &mut self,
        user_id: Uuid,
        except: Option<Uuid>,
        outcome: &str,
        at: Timestamp,
    ) -> Result<u64> {
        let done = sqlx::query(
            "UPDATE flows SET closed_at = $4, outcome = $3 WHERE user_id = $1 AND id <> $2 AND closed_at IS NULL",
        )
        .bind(user_id)
        .bind(except.unwrap_or(Uuid::nil()))
        .bind(outcome)
        .bind(at)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected())
    }

    async fn abandoned_flows(&mut self, now: Timestamp, limit: i64) -> Result<Vec<Flow>> {
        Ok(sqlx::query_as::<Db, Flow>(
            "SELECT * FROM flows WHERE closed_at IS NULL AND expires_at <= $1 ORDER BY expires_at LIMIT $2",
        )
        .bind(now)
        .bind(limit)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn add_challenge(&mut self, challenge: &NewChallenge) -> Result<()> {
        sqlx::query(
            "UPDATE challenges SET superseded_at = $4
             WHERE (flow_id = $1 OR session_id = $2 OR help_call_id = $5) AND purpose = $3
               AND consumed_at IS NULL AND superseded_at IS NULL",
        )
        .bind(challenge.flow_id)
        .bind(challenge.session_id)
        .bind(&challenge.purpose)
        .bind(challenge.created_at)
        .bind(challenge.help_call_id)
        .execute(&mut self.0)
        .await?;
        sqlx::query(
            "INSERT INTO challenges (id, flow_id, session_id, user_id, purpose, method, method_id, destination, mac,
                attempts, created_at, expires_at, consumed_at, superseded_at, help_call_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        )
        .bind(challenge.id)
        .bind(challenge.flow_id)
        .bind(challenge.session_id)
        .bind(challenge.user_id)
        .bind(&challenge.purpose)
        .bind(&challenge.method)
        .bind(challenge.method_id)
        .bind(&challenge.destination)
        .bind(&challenge.mac)
        .bind(challenge.attempts)
        .bind(challenge.created_at)
        .bind(challenge.expires_at)
        .bind(challenge.consumed_at)
        .bind(challenge.superseded_at)
        .bind(challenge.help_call_id)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn challenge_by_id(&mut self, id: Uuid) -> Result<Option<Challenge>> {
        Ok(sqlx::query_as::<Db, Challenge>("SELECT * FROM challenges WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn flow_challenge(&mut self, flow_id: Uuid) -> Result<Option<Challenge>> {
        Ok(sqlx::query_as::<Db, Challenge>(
            "SELECT * FROM challenges WHERE flow_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1",
        )
        .bind(flow_id)
        .fetch_optional(&mut self.0)
        .await?)
    }

    async fn session_challenge(&mut self, session_id: Uuid, purpose: &str) -> Result<Option<Challenge>> {
        Ok(sqlx::query_as::<Db, Challenge>(
            "SELECT * FROM challenges WHERE session_id = $1 AND purpose = $2
             ORDER BY created_at DESC, id DESC LIMIT 1",
        )
        .bind(session_id)
        .bind(purpose)
        .fetch_optional(&mut self.0)
        .await?)
    }

    async fn challenge_is_open(&mut self, id: Uuid, now: Timestamp) -> Result<bool> {
        let row: Option<(i64,)> = sqlx::query_as::<Db, _>(
            "SELECT attempts FROM challenges
             WHERE id = $1 AND consumed_at IS NULL AND superseded_at IS NULL AND expires_at > $2",
        )
        .bind(id)
        .bind(now)
        .fetch_optional(&mut self.0)
        .await?;
        Ok(row.is_some())
    }

    async fn spent_challenges(
        &mut self,
        user_id: Uuid,
        purpose: &str,
        method: &str,
        since: Timestamp,
    ) -> Result<Vec<Challenge>> {
        Ok(sqlx::query_as::<Db, Challenge>(
            "SELECT * FROM challenges
             WHERE user_id = $1 AND purpose = $2 AND method = $3 AND created_at > $4 AND mac IS NOT NULL
               AND (consumed_at IS NOT NULL OR superseded_at IS NOT NULL)
             ORDER BY created_at DESC LIMIT 50",
        )
        .bind(user_id)
        .bind(purpose)
        .bind(method)
        .bind(since)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn count_try(&mut self, id: Uuid, most: i64, now: Timestamp) -> Result<Option<i64>> {
        let row: Option<(i64,)> = sqlx::query_as::<Db, _>(
            "UPDATE challenges SET attempts = attempts + 1
             WHERE id = $1 AND attempts < $2 AND consumed_at IS NULL AND superseded_at IS NULL AND expires_at > $3
             RETURNING attempts",
        )
        .bind(id)
        .bind(most)
        .bind(now)
        .fetch_optional(&mut self.0)
        .await?;
        Ok(row.map(|(attempts,)| attempts))
    }

    async fn uncount_try(&mut self, id: Uuid) -> Result<()> {
        sqlx::query("UPDATE challenges SET attempts = attempts - 1 WHERE id = $1 AND attempts > 0")
            .bind(id)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn consume_challenge(&mut self, id: Uuid, now: Timestamp) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE challenges SET consumed_at = $2
             WHERE id = $1 AND consumed_at IS NULL AND superseded_at IS NULL AND expires_at > $2",
        )
        .bind(id)
        .bind(now)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn void_challenge(&mut self, id: Uuid, at: Timestamp) -> Result<()> {
        sqlx::query(
            "UPDATE challenges SET superseded_at = $2
             WHERE id = $1 AND consumed_at IS NULL AND superseded_at IS NULL",
        )
        .bind(id)
        .bind(at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn void_challenges(&mut self, user_id: Uuid, at: Timestamp) -> Result<u64> {
        self.end_help_calls(user_id, at).await?;
        let done = sqlx::query(
            "UPDATE challenges SET superseded_at = $2
             WHERE user_id = $1 AND consumed_at IS NULL AND superseded_at IS NULL",
        )
        .bind(user_id)
        .bind(at)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected())
    }

    async fn add_proof(&mut self, proof: &Proof) -> Result<()> {
        sqlx::query(
            "INSERT INTO proofs (id, flow_id, challenge_id, method, method_id, destination, verified_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(proof.id)
        .bind(proof.flow_id)
        .bind(proof.challenge_id)
        .bind(&proof.method)
        .bind(proof.method_id)
        .bind(&proof.destination)
        .bind(proof.verified_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn proofs(&mut self, flow_id: Uuid) -> Result<Vec<Proof>> {
        Ok(sqlx::query_as::<Db, Proof>("SELECT * FROM proofs WHERE flow_id = $1 ORDER BY verified_at, id")
            .bind(flow_id)
            .fetch_all(&mut self.0)
            .await?)
    }

    async fn sweep_flows(&mut self, before: Timestamp) -> Result<u64> {
        let flows = sqlx::query(
            "DELETE FROM flows WHERE id IN (
                SELECT id FROM flows WHERE expires_at < $1 AND closed_at IS NOT NULL LIMIT $2)",
        )
        .bind(before)
        .bind(SWEPT)
        .execute(&mut self.0)
        .await?;
        let challenges = sqlx::query(
            "DELETE FROM challenges WHERE id IN (
                SELECT id FROM challenges WHERE expires_at < $1 AND flow_id IS NULL LIMIT $2)",
        )
        .bind(before)
        .bind(SWEPT)
        .execute(&mut self.0)
        .await?;
        Ok(flows.rows_affected() + challenges.rows_affected())
    }
}
