//! SQL of [`Browsers`].

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::{Db, Tx};
use crate::{Browsers, KnownBrowser, Result};

#[async_trait]
impl Browsers for Tx {
    async fn remember_browser(
        &mut self,
        user_id: Uuid,
        browser: &[u8],
        proved: bool,
        at: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO browsers (user_id, browser, first_at, seen_at, proved_at) VALUES ($1, $2, $3, $3, $4)
             ON CONFLICT (user_id, browser) DO UPDATE SET seen_at = excluded.seen_at,
                proved_at = COALESCE(browsers.proved_at, excluded.proved_at)",
        )
        .bind(user_id)
        .bind(browser)
        .bind(at)
        .bind(proved.then_some(at))
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn known_browser(&mut self, user_id: Uuid, browser: &[u8]) -> Result<Option<KnownBrowser>> {
        Ok(sqlx::query_as::<Db, KnownBrowser>("SELECT * FROM browsers WHERE user_id = $1 AND browser = $2")
            .bind(user_id)
            .bind(browser)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn forget_browsers(&mut self, user_id: Uuid, since: Timestamp) -> Result<u64> {
        let done = sqlx::query("DELETE FROM browsers WHERE user_id = $1 AND first_at >= $2")
            .bind(user_id)
            .bind(since)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected())
    }

    async fn sweep_browsers(&mut self, before: Timestamp) -> Result<u64> {
        let done =
            sqlx::query("DELETE FROM browsers WHERE seen_at < $1").bind(before).execute(&mut self.0).await?;
        Ok(done.rows_affected())
    }
}
