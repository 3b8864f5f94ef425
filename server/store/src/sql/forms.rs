//! SQL of [`Forms`].

use async_trait::async_trait;
use regain_core::time::Timestamp;

use super::{Db, Tx};
use crate::{AnsweredForm, Error, Forms, Result, Trouble};

#[async_trait]
impl Forms for Tx {
    async fn keep_answered(&mut self, form: &AnsweredForm) -> Result<()> {
        // Its own row goes where it says nothing any more, or where this transaction claimed the form.
        sqlx::query(
            "DELETE FROM answered_forms
             WHERE (digest = $1 AND (expires_at <= $3 OR led_to = ''))
                OR (digest <> $1 AND holder = $2 AND holder <> '' AND NOT made)",
        )
        .bind(&form.digest)
        .bind(&form.holder)
        .bind(form.answered_at)
        .execute(&mut self.0)
        .await?;
        let kept = sqlx::query(
            "INSERT INTO answered_forms (digest, holder, led_to, shows, cookies, token_hash, made, answered_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (digest) DO NOTHING",
        )
        .bind(&form.digest)
        .bind(&form.holder)
        .bind(&form.led_to)
        .bind(&form.shows)
        .bind(&form.cookies)
        .bind(&form.token_hash)
        .bind(form.made)
        .bind(form.answered_at)
        .bind(form.expires_at)
        .execute(&mut self.0)
        .await?;
        if kept.rows_affected() == 1 { Ok(()) } else { Err(Error::Unavailable(Trouble::Answered)) }
    }

    async fn answered(&mut self, digest: &[u8], now: Timestamp) -> Result<Option<AnsweredForm>> {
        Ok(sqlx::query_as::<Db, AnsweredForm>(
            "SELECT * FROM answered_forms WHERE digest = $1 AND expires_at > $2",
        )
        .bind(digest)
        .bind(now)
        .fetch_optional(&mut self.0)
        .await?)
    }

    async fn sweep_answered(&mut self, now: Timestamp) -> Result<u64> {
        let done = sqlx::query("DELETE FROM answered_forms WHERE expires_at <= $1")
            .bind(now)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected())
    }
}
