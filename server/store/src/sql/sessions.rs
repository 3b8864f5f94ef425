//! SQL of [`Sessions`].

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::{Db, Tx};
use crate::{Result, SWEPT, Session, Sessions};

#[async_trait]
impl Sessions for Tx {
    async fn add_session(&mut self, session: &Session) -> Result<()> {
        sqlx::query(
            "INSERT INTO sessions (id, token_hash, user_id, support_code, address, client, created_at, seen_at,
                expires_at, proved_at, proved_by, pass_id, browser, agreed_at, agreed_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        )
        .bind(session.id)
        .bind(&session.token_hash)
        .bind(session.user_id)
        .bind(&session.support_code)
        .bind(&session.address)
        .bind(&session.client)
        .bind(session.created_at)
        .bind(session.seen_at)
        .bind(session.expires_at)
        .bind(session.proved_at)
        .bind(&session.proved_by)
        .bind(session.pass_id)
        .bind(&session.browser)
        .bind(session.agreed_at)
        .bind(&session.agreed_by)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn session(
        &mut self,
        token_hash: &[u8],
        now: Timestamp,
        idle_since: Timestamp,
    ) -> Result<Option<Session>> {
        Ok(sqlx::query_as::<Db, Session>(
            "SELECT sessions.* FROM sessions JOIN users ON users.id = sessions.user_id
             WHERE token_hash = $1 AND expires_at > $2 AND seen_at > $3 AND NOT users.blocked",
        )
        .bind(token_hash)
        .bind(now)
        .bind(idle_since)
        .fetch_optional(&mut self.0)
        .await?)
    }

    async fn session_by_id(&mut self, id: Uuid) -> Result<Option<Session>> {
        Ok(sqlx::query_as::<Db, Session>("SELECT * FROM sessions WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn touch_session(&mut self, id: Uuid, at: Timestamp) -> Result<()> {
        sqlx::query("UPDATE sessions SET seen_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn prove_session(&mut self, id: Uuid, token_hash: &[u8], by: &str, at: Timestamp) -> Result<bool> {
        let set = "UPDATE sessions SET proved_at = $3, proved_by = $4, token_hash = $2 WHERE id = $1";
        let done = sqlx::query(set).bind(id).bind(token_hash).bind(at).bind(by).execute(&mut self.0).await?;
        // The browser is from now on one in which the person showed a second factor.
        sqlx::query(
            "UPDATE browsers SET proved_at = $2
             WHERE proved_at IS NULL AND EXISTS (SELECT 1 FROM sessions WHERE sessions.id = $1
                AND sessions.user_id = browsers.user_id AND sessions.browser = browsers.browser)",
        )
        .bind(id)
        .bind(at)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn rotate_session(&mut self, id: Uuid, token_hash: &[u8]) -> Result<bool> {
        let done = sqlx::query("UPDATE sessions SET token_hash = $2 WHERE id = $1")
            .bind(id)
            .bind(token_hash)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn unprove_sessions(&mut self, destination: &str) -> Result<u64> {
        let proved = sqlx::query(
            "UPDATE sessions SET proved_at = NULL, proved_by = NULL
             WHERE EXISTS (SELECT 1 FROM methods WHERE methods.user_id = sessions.user_id
                AND methods.method = sessions.proved_by AND methods.destination = $1)",
        )
        .bind(destination)
        .execute(&mut self.0)
        .await?;
        let agreed = sqlx::query(
            "UPDATE sessions SET agreed_at = NULL, agreed_by = NULL
             WHERE EXISTS (SELECT 1 FROM methods WHERE methods.user_id = sessions.user_id
                AND methods.method = sessions.agreed_by AND methods.destination = $1)",
        )
        .bind(destination)
        .execute(&mut self.0)
        .await?;
        Ok(proved.rows_affected() + agreed.rows_affected())
    }

    async fn end_session(&mut self, id: Uuid) -> Result<()> {
        sqlx::query("DELETE FROM sessions WHERE id = $1").bind(id).execute(&mut self.0).await?;
        Ok(())
    }

    async fn end_sessions(&mut self, user_id: Uuid, except: Option<Uuid>) -> Result<u64> {
        let done = sqlx::query("DELETE FROM sessions WHERE user_id = $1 AND id <> $2")
            .bind(user_id)
            .bind(except.unwrap_or(Uuid::nil()))
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected())
    }

    async fn sessions_of(&mut self, user_id: Uuid) -> Result<Vec<Session>> {
        Ok(sqlx::query_as::<Db, Session>(
            "SELECT * FROM sessions WHERE user_id = $1 ORDER BY created_at DESC",
        )
        .bind(user_id)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn sweep_sessions(&mut self, now: Timestamp, idle_since: Timestamp) -> Result<u64> {
        let done = sqlx::query(
            "DELETE FROM sessions WHERE id IN (
                SELECT id FROM sessions WHERE expires_at <= $1 OR seen_at <= $2 LIMIT $3)",
        )
        .bind(now)
        .bind(idle_since)
        .bind(SWEPT)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected())
    }

    async fn keep_draft(&mut self, session_id: Uuid, name: &str, body: &str) -> Result<()> {
        sqlx::query(
            "INSERT INTO drafts (session_id, name, body) VALUES ($1, $2, $3)
             ON CONFLICT (session_id, name) DO UPDATE SET body = excluded.body",
        )
        .bind(session_id)
        .bind(name)
        .bind(body)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn draft(&mut self, session_id: Uuid, name: &str) -> Result<Option<String>> {
        let row: Option<(String,)> =
            sqlx::query_as::<Db, _>("SELECT body FROM drafts WHERE session_id = $1 AND name = $2")
                .bind(session_id)
                .bind(name)
                .fetch_optional(&mut self.0)
                .await?;
        Ok(row.map(|(body,)| body))
    }

    async fn drop_draft(&mut self, session_id: Uuid, name: &str) -> Result<()> {
        sqlx::query("DELETE FROM drafts WHERE session_id = $1 AND name = $2")
            .bind(session_id)
            .bind(name)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }
}
