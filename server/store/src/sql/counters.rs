//! SQL of [`Counters`].

use async_trait::async_trait;
use regain_core::time::{Duration, Timestamp};
use sqlx::{AssertSqlSafe, QueryBuilder};

use super::{Db, Tx};
use crate::{Counter, Counters, Result, SWEPT, Trimmed};

/// As many keys go into one statement; SQLite takes 32,766 values.
const KEYS: usize = 1_000;

type Row = (i64, Timestamp, Option<Timestamp>);

fn counter((count, started_at, locked_until): Row) -> Counter {
    Counter { count, started_at, locked_until }
}

/// The half window that is under way, and the two before it: together they hold the last window, wherever it began.
fn halves(key: &str, window: Duration, now: Timestamp) -> [String; 3] {
    let half = i64::try_from(window.as_micros() / 2).unwrap_or(i64::MAX).max(1);
    let current = now.micros().div_euclid(half);
    [0, 1, 2].map(|back| format!("{key}:{}", current - back))
}

/// Where the keys that begin with `prefix` end, in the order of bytes, in which both tables keep theirs.
fn end(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}

#[async_trait]
impl Counters for Tx {
    async fn count(&mut self, key: &str, window: Duration, now: Timestamp) -> Result<Counter> {
        let row: Row = sqlx::query_as::<Db, _>(
            "INSERT INTO counters (key, count, started_at, locked_until) VALUES ($1, 1, $2, NULL)
             ON CONFLICT (key) DO UPDATE SET
                count = CASE WHEN counters.started_at <= $3 THEN 1 ELSE counters.count + 1 END,
                started_at = CASE WHEN counters.started_at <= $3 THEN $2 ELSE counters.started_at END,
                locked_until = CASE WHEN counters.locked_until <= $2 THEN NULL ELSE counters.locked_until END
             RETURNING count, started_at, locked_until",
        )
        .bind(key)
        .bind(now)
        .bind(now.minus(window))
        .fetch_one(&mut self.0)
        .await?;
        Ok(counter(row))
    }

    async fn uncount(&mut self, key: &str) -> Result<()> {
        sqlx::query("UPDATE counters SET count = count - 1 WHERE key = $1 AND count > 0")
            .bind(key)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn counter(&mut self, key: &str, window: Duration, now: Timestamp) -> Result<Option<Counter>> {
        let row: Option<Row> = sqlx::query_as::<Db, _>(
            "SELECT count, started_at, locked_until FROM counters
             WHERE key = $1 AND (started_at > $2 OR locked_until > $3)",
        )
        .bind(key)
        .bind(now.minus(window))
        .bind(now)
        .fetch_optional(&mut self.0)
        .await?;
        Ok(row.map(counter))
    }

    async fn locks(&mut self, keys: &[String], now: Timestamp) -> Result<Vec<(String, Timestamp)>> {
        let mut locks = Vec::new();
        for some in keys.chunks(KEYS) {
            let mut query =
                QueryBuilder::<Db>::new("SELECT key, locked_until FROM counters WHERE locked_until > ");
            query.push_bind(now);
            query.push(" AND key IN (");
            let mut list = query.separated(", ");
            for key in some {
                list.push_bind(key.clone());
            }
            query.push(")");
            let found: Vec<(String, Timestamp)> = query.build_query_as().fetch_all(&mut self.0).await?;
            locks.extend(found);
        }
        Ok(locks)
    }

    async fn count_recent(&mut self, key: &str, window: Duration, now: Timestamp) -> Result<i64> {
        let [current, ..] = halves(key, window, now);
        // Its own window never ends before it is forgotten.
        self.count(&current, window * 2, now).await?;
        self.recent(key, window, now).await
    }

    async fn uncount_recent(&mut self, key: &str, window: Duration, now: Timestamp) -> Result<()> {
        let [current, ..] = halves(key, window, now);
        self.uncount(&current).await
    }

    async fn recent(&mut self, key: &str, window: Duration, now: Timestamp) -> Result<i64> {
        let [current, before, first] = halves(key, window, now);
        let (count,): (i64,) = sqlx::query_as::<Db, _>(
            "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM counters WHERE key IN ($1, $2, $3)",
        )
        .bind(current)
        .bind(before)
        .bind(first)
        .fetch_one(&mut self.0)
        .await?;
        Ok(count)
    }

    async fn lock_counter(&mut self, key: &str, until: Timestamp, now: Timestamp) -> Result<()> {
        sqlx::query(
            "INSERT INTO counters (key, count, started_at, locked_until) VALUES ($1, 0, $3, $2)
             ON CONFLICT (key) DO UPDATE SET locked_until =
                CASE WHEN counters.locked_until > $2 THEN counters.locked_until ELSE $2 END",
        )
        .bind(key)
        .bind(until)
        .bind(now)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn clear_counter(&mut self, key: &str) -> Result<()> {
        sqlx::query("DELETE FROM counters WHERE key = $1").bind(key).execute(&mut self.0).await?;
        Ok(())
    }

    async fn clear_counters(&mut self, prefix: &str) -> Result<u64> {
        let done = sqlx::query("DELETE FROM counters WHERE key >= $1 AND key < $2")
            .bind(prefix)
            .bind(end(prefix))
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected())
    }

    async fn sweep_counters(&mut self, before: Timestamp, now: Timestamp) -> Result<u64> {
        let done = sqlx::query(
            "DELETE FROM counters WHERE key IN (
                SELECT key FROM counters
                WHERE started_at < $1 AND (locked_until IS NULL OR locked_until <= $2) LIMIT $3)",
        )
        .bind(before)
        .bind(now)
        .bind(SWEPT)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected())
    }

    async fn trim(&mut self, what: Trimmed, prefix: &str, keep: i64) -> Result<u64> {
        let (table, key, at) = match what {
            Trimmed::Counters => ("counters", "key", "started_at"),
            Trimmed::Lockouts => ("lockouts", "account", "changed_at"),
        };
        let done = sqlx::query(AssertSqlSafe(format!(
            "DELETE FROM {table} WHERE {key} IN (
                SELECT {key} FROM {table} WHERE {key} >= $1 AND {key} < $2
                ORDER BY {at} DESC, {key} LIMIT 1000000000 OFFSET $3)"
        )))
        .bind(prefix)
        .bind(end(prefix))
        .bind(keep)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected())
    }

    async fn lockout(&mut self, account: &str, place: &str) -> Result<Option<String>> {
        let row: Option<(String,)> =
            sqlx::query_as::<Db, _>("SELECT body FROM lockouts WHERE account = $1 AND place = $2")
                .bind(account)
                .bind(place)
                .fetch_optional(&mut self.0)
                .await?;
        Ok(row.map(|(body,)| body))
    }

    async fn set_lockout(&mut self, account: &str, place: &str, body: &str, at: Timestamp) -> Result<()> {
        sqlx::query(
            "INSERT INTO lockouts (account, place, body, changed_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (account, place) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at",
        )
        .bind(account)
        .bind(place)
        .bind(body)
        .bind(at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn clear_lockout(&mut self, account: &str) -> Result<u64> {
        let done =
            sqlx::query("DELETE FROM lockouts WHERE account = $1").bind(account).execute(&mut self.0).await?;
        Ok(done.rows_affected())
    }

    async fn sweep_lockouts(&mut self, before: Timestamp) -> Result<u64> {
        let done = sqlx::query(
            "DELETE FROM lockouts WHERE (account, place) IN (
                SELECT account, place FROM lockouts WHERE changed_at < $1 LIMIT $2)",
        )
        .bind(before)
        .bind(SWEPT)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected())
    }

    async fn spend_token(&mut self, id: &str, expires_at: Timestamp) -> Result<bool> {
        let done =
            sqlx::query("INSERT INTO spent_tokens (id, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .bind(id)
                .bind(expires_at)
                .execute(&mut self.0)
                .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn sweep_tokens(&mut self, now: Timestamp) -> Result<u64> {
        let done = sqlx::query(
            "DELETE FROM spent_tokens WHERE id IN (
                SELECT id FROM spent_tokens WHERE expires_at <= $1 LIMIT $2)",
        )
        .bind(now)
        .bind(SWEPT)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected())
    }
}
