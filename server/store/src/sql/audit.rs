//! SQL of [`Audit`].

use async_trait::async_trait;
use regain_core::text::search_key;
use sqlx::QueryBuilder;

use super::{Db, Tx};
use crate::{Audit, AuditCut, AuditFilter, AuditRecord, AuditRow, Result, Tx as _};

/// How many rows one statement inserts.
const ROWS: usize = 100;

fn insert(rows: &[AuditRow]) -> QueryBuilder<Db> {
    let mut insert = QueryBuilder::<Db>::new(
        "INSERT INTO audit (seq, at, service, category, activity, result, reason, actor_id, actor_name, actor_upn,
            address, client, target_kind, target_id, target_name, correlation, details, previous, hash,
            actor_key, target_key) ",
    );
    insert.push_values(rows, |mut values, row| {
        values
            .push_bind(row.seq)
            .push_bind(row.record.at)
            .push_bind(row.record.service.clone())
            .push_bind(row.record.category.clone())
            .push_bind(row.record.activity.clone())
            .push_bind(row.record.result.clone())
            .push_bind(row.record.reason.clone())
            .push_bind(row.record.actor_id.clone())
            .push_bind(row.record.actor_name.clone())
            .push_bind(row.record.actor_upn.clone())
            .push_bind(row.record.address.clone())
            .push_bind(row.record.client.clone())
            .push_bind(row.record.target_kind.clone())
            .push_bind(row.record.target_id.clone())
            .push_bind(row.record.target_name.clone())
            .push_bind(row.record.correlation.clone())
            .push_bind(row.record.details.clone())
            .push_bind(row.previous.clone())
            .push_bind(row.hash.clone())
            .push_bind(search_key(&row.record.actor_upn))
            .push_bind(search_key(&row.record.target_name));
    });
    insert
}

#[async_trait]
impl Audit for Tx {
    async fn append(&mut self, record: &AuditRecord) -> Result<()> {
        self.append_all(std::slice::from_ref(record)).await
    }

    async fn append_in_vain(&mut self, record: &AuditRecord) -> Result<()> {
        sqlx::query("SAVEPOINT in_vain").execute(&mut self.0).await?;
        self.append(record).await?;
        sqlx::query("ROLLBACK TO in_vain").execute(&mut self.0).await?;
        sqlx::query("RELEASE in_vain").execute(&mut self.0).await?;
        Ok(())
    }

    async fn append_all(&mut self, records: &[AuditRecord]) -> Result<()> {
        self.lock("audit").await?;
        let last: Option<(i64, Vec<u8>)> =
            sqlx::query_as::<Db, _>("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
                .fetch_optional(&mut self.0)
                .await?;
        let (mut seq, mut previous) = last.unwrap_or((0, vec![0; 32]));
        for some in records.chunks(ROWS) {
            let mut rows = Vec::with_capacity(some.len());
            for record in some {
                seq += 1;
                let mut row = AuditRow { seq, record: record.clone(), previous, hash: Vec::new() };
                row.hash = row.expected_hash();
                previous = row.hash.clone();
                rows.push(row);
            }
            insert(&rows).build().execute(&mut self.0).await?;
        }
        self.count_usage(records).await
    }

    async fn audit_rows(&mut self, filter: &AuditFilter, before: i64, limit: i64) -> Result<Vec<AuditRow>> {
        // Only what is asked for stands in the query: a condition that may be empty would keep indexes from being used.
        let mut query = QueryBuilder::<Db>::new("SELECT * FROM audit WHERE seq < ");
        query.push_bind(before);
        for (column, value) in [
            ("service", &filter.service),
            ("activity", &filter.activity),
            ("result", &filter.result),
            ("correlation", &filter.correlation),
        ] {
            if !value.is_empty() {
                query.push(format_args!(" AND {column} = ")).push_bind(value);
            }
        }
        let person = search_key(&filter.person);
        if !person.is_empty() {
            query.push(" AND (actor_key = ").push_bind(person.clone());
            query.push(" OR target_key = ").push_bind(person).push(")");
        }
        for (bound, at) in [(" AND at >= ", filter.from), (" AND at < ", filter.until)] {
            if let Some(at) = at {
                query.push(bound).push_bind(at);
            }
        }
        query.push(" ORDER BY seq DESC LIMIT ").push_bind(limit);
        Ok(query.build_query_as().fetch_all(&mut self.0).await?)
    }

    async fn audit_cut(&mut self) -> Result<Option<AuditCut>> {
        Ok(sqlx::query_as::<Db, AuditCut>(
            "SELECT seq, hash, \"rows\", at, cut_by, seal FROM audit_cut WHERE id = 1",
        )
        .fetch_optional(&mut self.0)
        .await?)
    }

    async fn cut_audit(&mut self, mark: &AuditCut) -> Result<u64> {
        let done =
            sqlx::query("DELETE FROM audit WHERE seq <= $1").bind(mark.seq).execute(&mut self.0).await?;
        sqlx::query(
            "INSERT INTO audit_cut (id, seq, hash, \"rows\", at, cut_by, seal) VALUES (1, $1, $2, $3, $4, $5, $6)
             ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, \"rows\" = excluded.\"rows\",
                at = excluded.at, cut_by = excluded.cut_by, seal = excluded.seal",
        )
        .bind(mark.seq)
        .bind(&mark.hash)
        .bind(mark.rows)
        .bind(mark.at)
        .bind(&mark.cut_by)
        .bind(&mark.seal)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected())
    }

    async fn audit_chain(&mut self, after: i64, limit: i64) -> Result<Vec<AuditRow>> {
        Ok(sqlx::query_as::<Db, AuditRow>("SELECT * FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2")
            .bind(after)
            .bind(limit)
            .fetch_all(&mut self.0)
            .await?)
    }
}
