//! SQL of [`Policies`].

use async_trait::async_trait;

use super::{Db, Tx};
use crate::{Error, Policies, PolicyRow, Result, SettingsRow};

#[async_trait]
impl Policies for Tx {
    async fn policies(&mut self) -> Result<Vec<PolicyRow>> {
        Ok(sqlx::query_as::<Db, PolicyRow>("SELECT * FROM policies ORDER BY priority")
            .fetch_all(&mut self.0)
            .await?)
    }

    async fn add_policy(&mut self, policy: &PolicyRow) -> Result<()> {
        sqlx::query(
            "INSERT INTO policies (id, priority, scope, scope_group, version, body, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(policy.id)
        .bind(policy.priority)
        .bind(&policy.scope)
        .bind(policy.scope_group)
        .bind(policy.version)
        .bind(&policy.body)
        .bind(policy.changed_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn save_policy(&mut self, policy: &PolicyRow) -> Result<()> {
        let done = sqlx::query(
            "UPDATE policies SET scope = $3, scope_group = $4, body = $5, changed_at = $6, version = version + 1
             WHERE id = $1 AND version = $2",
        )
        .bind(policy.id)
        .bind(policy.version)
        .bind(&policy.scope)
        .bind(policy.scope_group)
        .bind(&policy.body)
        .bind(policy.changed_at)
        .execute(&mut self.0)
        .await?;
        changed(done.rows_affected())
    }

    async fn settings(&mut self, name: &str) -> Result<Option<SettingsRow>> {
        Ok(sqlx::query_as::<Db, SettingsRow>("SELECT * FROM settings WHERE name = $1")
            .bind(name)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn save_settings(&mut self, row: &SettingsRow) -> Result<()> {
        let done = sqlx::query(
            "INSERT INTO settings (name, version, body, changed_at)
             SELECT $1, $2 + 1, $3, $4 WHERE $2 = 0 OR EXISTS (SELECT 1 FROM settings WHERE name = $1)
             ON CONFLICT (name) DO UPDATE SET version = settings.version + 1, body = excluded.body,
                changed_at = excluded.changed_at
             WHERE settings.version = $2",
        )
        .bind(&row.name)
        .bind(row.version)
        .bind(&row.body)
        .bind(row.changed_at)
        .execute(&mut self.0)
        .await?;
        changed(done.rows_affected())
    }

    async fn image(&mut self, hash: &str) -> Result<Option<Vec<u8>>> {
        let row: Option<(Vec<u8>,)> = sqlx::query_as::<Db, _>("SELECT body FROM images WHERE hash = $1")
            .bind(hash)
            .fetch_optional(&mut self.0)
            .await?;
        Ok(row.map(|(body,)| body))
    }

    async fn add_image(&mut self, hash: &str, body: &[u8]) -> Result<()> {
        sqlx::query("INSERT INTO images (hash, body) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING")
            .bind(hash)
            .bind(body)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn delete_image(&mut self, hash: &str) -> Result<()> {
        sqlx::query("DELETE FROM images WHERE hash = $1").bind(hash).execute(&mut self.0).await?;
        Ok(())
    }
}

fn changed(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::Conflict) }
}
