//! SQL of [`Templates`].

use async_trait::async_trait;

use super::{Db, Tx};
use crate::{Result, TemplateRow, Templates};

#[async_trait]
impl Templates for Tx {
    async fn templates(&mut self) -> Result<Vec<TemplateRow>> {
        let all = "SELECT * FROM message_templates ORDER BY kind, locale";
        Ok(sqlx::query_as::<Db, TemplateRow>(all).fetch_all(&mut self.0).await?)
    }

    async fn template(&mut self, kind: &str, locale: &str) -> Result<Option<TemplateRow>> {
        let one = "SELECT * FROM message_templates WHERE kind = $1 AND locale = $2";
        Ok(sqlx::query_as::<Db, TemplateRow>(one).bind(kind).bind(locale).fetch_optional(&mut self.0).await?)
    }

    async fn save_template(&mut self, row: &TemplateRow) -> Result<()> {
        sqlx::query(
            "INSERT INTO message_templates (kind, locale, revision, subject, body, changed_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (kind, locale) DO UPDATE SET revision = excluded.revision, subject = excluded.subject,
                body = excluded.body, changed_at = excluded.changed_at",
        )
        .bind(&row.kind)
        .bind(&row.locale)
        .bind(row.revision)
        .bind(&row.subject)
        .bind(&row.body)
        .bind(row.changed_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn delete_template(&mut self, kind: &str, locale: &str) -> Result<bool> {
        let done = sqlx::query("DELETE FROM message_templates WHERE kind = $1 AND locale = $2")
            .bind(kind)
            .bind(locale)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }
}
