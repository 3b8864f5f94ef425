//! SQL of [`Heartbeat`].

use async_trait::async_trait;
use regain_core::time::Timestamp;

use super::{Db, Tx};
use crate::{Heartbeat, Result};

/// More than a page of SQLite has: where none is free, the file must grow.
const ROOM: usize = 10_000;

#[async_trait]
impl Heartbeat for Tx {
    async fn beat(&mut self, now: Timestamp) -> Result<Timestamp> {
        sqlx::query("INSERT INTO heartbeat (name, at, room) VALUES ('room', $1, $2)")
            .bind(now)
            .bind(vec![0_u8; ROOM])
            .execute(&mut self.0)
            .await?;
        sqlx::query("DELETE FROM heartbeat WHERE name = 'room'").execute(&mut self.0).await?;
        let (latest,): (Timestamp,) = sqlx::query_as::<Db, _>(
            "INSERT INTO heartbeat (name, at) VALUES ('latest', $1)
             ON CONFLICT (name) DO UPDATE SET
                at = CASE WHEN heartbeat.at > excluded.at THEN heartbeat.at ELSE excluded.at END
             RETURNING at",
        )
        .bind(now)
        .fetch_one(&mut self.0)
        .await?;
        Ok(latest)
    }

    async fn latest_seen(&mut self) -> Result<Timestamp> {
        let row: Option<(Timestamp,)> =
            sqlx::query_as::<Db, _>("SELECT at FROM heartbeat WHERE name = 'latest'")
                .fetch_optional(&mut self.0)
                .await?;
        Ok(row.map_or(Timestamp(0), |(at,)| at))
    }

    async fn put_time_back(&mut self, to: Timestamp) -> Result<()> {
        sqlx::query("UPDATE heartbeat SET at = $1 WHERE name = 'latest' AND at > $1")
            .bind(to)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }
}
