//! SQL of [`Audit`].

use async_trait::async_trait;

use super::{Db, Tx};
use crate::{Audit, AuditFilter, AuditRecord, AuditRow, Result, Tx as _};

#[async_trait]
impl Audit for Tx {
    async fn append(&mut self, record: &AuditRecord) -> Result<()> {
        self.lock("audit").await?;
        let last: Option<(i64, Vec<u8>)> =
            sqlx::query_as::<Db, _>("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
                .fetch_optional(&mut *self.0)
                .await?;
        let (seq, previous) = last.unwrap_or((0, vec![0; 32]));
        let mut row = AuditRow { seq: seq + 1, record: record.clone(), previous, hash: Vec::new() };
        row.hash = row.expected_hash();
        sqlx::query(
            "INSERT INTO audit (seq, at, service, category, activity, result, reason, actor_id, actor_name, actor_upn,
                address, client, target_kind, target_id, target_name, correlation, details, previous, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        )
        .bind(row.seq)
        .bind(row.record.at)
        .bind(&row.record.service)
        .bind(&row.record.category)
        .bind(&row.record.activity)
        .bind(&row.record.result)
        .bind(&row.record.reason)
        .bind(&row.record.actor_id)
        .bind(&row.record.actor_name)
        .bind(&row.record.actor_upn)
        .bind(&row.record.address)
        .bind(&row.record.client)
        .bind(&row.record.target_kind)
        .bind(&row.record.target_id)
        .bind(&row.record.target_name)
        .bind(&row.record.correlation)
        .bind(&row.record.details)
        .bind(&row.previous)
        .bind(&row.hash)
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }

    async fn audit_rows(&mut self, filter: &AuditFilter, before: i64, limit: i64) -> Result<Vec<AuditRow>> {
        Ok(sqlx::query_as::<Db, AuditRow>(
            "SELECT * FROM audit
             WHERE seq < $1
               AND ($2 = '' OR service = $2)
               AND ($3 = '' OR activity = $3)
               AND ($4 = '' OR result = $4)
               AND ($5 = '' OR LOWER(actor_upn) = $5 OR LOWER(target_name) = $5)
               AND ($6 = '' OR correlation = $6)
               AND at >= $7 AND at < $8
             ORDER BY seq DESC LIMIT $9",
        )
        .bind(before)
        .bind(&filter.service)
        .bind(&filter.activity)
        .bind(&filter.result)
        .bind(filter.person.trim().to_lowercase())
        .bind(&filter.correlation)
        .bind(filter.from.map_or(i64::MIN, |at| at.0))
        .bind(filter.until.map_or(i64::MAX, |at| at.0))
        .bind(limit)
        .fetch_all(&mut *self.0)
        .await?)
    }

    async fn audit_chain(&mut self, after: i64, limit: i64) -> Result<Vec<AuditRow>> {
        Ok(sqlx::query_as::<Db, AuditRow>("SELECT * FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2")
            .bind(after)
            .bind(limit)
            .fetch_all(&mut *self.0)
            .await?)
    }
}
