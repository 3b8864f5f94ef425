//! SQL of [`Usage`].

use std::collections::BTreeMap;

use async_trait::async_trait;
use regain_core::time::Timestamp;
use sqlx::QueryBuilder;
use uuid::Uuid;

use super::{Db, Tx};
use crate::usage::{hour, is_counted, method_of};
use crate::{AuditRecord, Method, Result, Roster, Usage, UsageCount};

#[async_trait]
impl Usage for Tx {
    async fn usage(&mut self, since: Timestamp, hours: i64) -> Result<Vec<UsageCount>> {
        Ok(sqlx::query_as::<Db, UsageCount>(
            "SELECT span, activity, method, result, reason, CAST(SUM(count) AS BIGINT) AS count
             FROM (SELECT (hour - $1) / $2 AS span, activity, method, result, reason, count
                   FROM usage WHERE hour >= $1) AS counts
             GROUP BY span, activity, method, result, reason
             ORDER BY span, activity, method, result, reason",
        )
        .bind(hour(since))
        .bind(hours)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn sweep_usage(&mut self, before: Timestamp) -> Result<u64> {
        let done =
            sqlx::query("DELETE FROM usage WHERE hour < $1").bind(hour(before)).execute(&mut self.0).await?;
        Ok(done.rows_affected())
    }

    async fn roster(&mut self, users: &[Uuid], groups: &[Uuid]) -> Result<Roster> {
        if users.is_empty() {
            return Ok(Roster::default());
        }
        let mut query = among("SELECT * FROM methods WHERE user_id", users);
        query.push(" ORDER BY created_at, id");
        let methods = query.build_query_as::<Method>().fetch_all(&mut self.0).await?;
        let mut query = among("SELECT user_id, question FROM answers WHERE user_id", users);
        query.push(" ORDER BY user_id, question");
        let answers = query.build_query_as().fetch_all(&mut self.0).await?;
        let changes = among("SELECT user_id, destination, at FROM changed_destinations WHERE user_id", users)
            .build_query_as()
            .fetch_all(&mut self.0)
            .await?;
        // What is known of a number that an administrator entered, too: it is written with a space there,
        // and an office phone may have an extension behind it, such as ` x99`.
        let mut query = among(
            "SELECT DISTINCT marks.destination, marks.mark FROM destination_marks AS marks
             WHERE marks.destination IN (SELECT destination FROM methods WHERE user_id",
            users,
        );
        query.push(") OR marks.destination IN (SELECT REPLACE(mobile_phone, ' ', '') FROM users WHERE id");
        push_among(&mut query, users);
        query.push(") OR marks.destination IN (SELECT REPLACE(CASE WHEN office_phone LIKE '%x%'
             THEN RTRIM(RTRIM(office_phone, '0123456789'), 'x') ELSE office_phone END, ' ', '') FROM users WHERE id");
        push_among(&mut query, users);
        query.push(") ORDER BY marks.destination, marks.mark");
        let marks = query.build_query_as().fetch_all(&mut self.0).await?;
        let mut query = among("SELECT user_id, role FROM roles WHERE user_id", users);
        query.push(" ORDER BY role");
        let roles = query.build_query_as().fetch_all(&mut self.0).await?;
        let members = self.members_among(users, groups).await?;
        Ok(Roster { methods, answers, changes, marks, roles, members })
    }
}

impl Tx {
    async fn members_among(&mut self, users: &[Uuid], groups: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>> {
        if groups.is_empty() {
            return Ok(Vec::new());
        }
        // UNION, not UNION ALL: a group that was seen below a named one is not followed again, so cycles end.
        let mut query =
            among("WITH RECURSIVE below (named, id) AS (SELECT id, id FROM groups WHERE id", groups);
        query.push(
            " UNION SELECT below.named, group_groups.member_id
                FROM group_groups JOIN below ON group_groups.group_id = below.id)
             SELECT DISTINCT group_users.user_id, below.named
             FROM group_users JOIN below ON group_users.group_id = below.id WHERE group_users.user_id",
        );
        push_among(&mut query, users);
        query.push(" ORDER BY group_users.user_id, below.named");
        Ok(query.build_query_as().fetch_all(&mut self.0).await?)
    }

    /// Counts records, in the transaction that appends them to the log and holds its lock.
    pub(super) async fn count_usage(&mut self, records: &[AuditRecord]) -> Result<()> {
        let mut counts = BTreeMap::<_, i64>::new();
        for record in records.iter().filter(|record| is_counted(record)) {
            let key = (hour(record.at), &record.activity, method_of(record), &record.result, &record.reason);
            *counts.entry(key).or_default() += 1;
        }
        for ((hour, activity, method, result, reason), count) in counts {
            sqlx::query(
                "INSERT INTO usage (hour, activity, method, result, reason, count) VALUES ($1, $2, $3, $4, $5, $6)
                 ON CONFLICT (hour, activity, method, result, reason)
                    DO UPDATE SET count = usage.count + excluded.count",
            )
            .bind(hour)
            .bind(activity)
            .bind(method)
            .bind(result)
            .bind(reason)
            .bind(count)
            .execute(&mut self.0)
            .await?;
        }
        Ok(())
    }
}

/// A query that ends with the condition that its last column is one of these.
fn among(start: &str, ids: &[Uuid]) -> QueryBuilder<Db> {
    let mut query = QueryBuilder::<Db>::new(start);
    push_among(&mut query, ids);
    query
}

fn push_among(query: &mut QueryBuilder<Db>, ids: &[Uuid]) {
    query.push(" IN (");
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(*id);
    }
    query.push(")");
}
