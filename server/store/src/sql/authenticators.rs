//! SQL of [`Authenticators`].

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::{Db, Tx};
use crate::{Answerer, Authenticators, Device, Pairing, PushRequest, Result, Subscription};

#[async_trait]
impl Authenticators for Tx {
    async fn add_device(&mut self, device: &Device) -> Result<()> {
        sqlx::query(
            "INSERT INTO devices (id, user_id, session_id, method_id, code_id, public_key, client, seed, endpoint,
                push_key, push_auth, created_at, seen_at, pushed_at, browser)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        )
        .bind(device.id)
        .bind(device.user_id)
        .bind(device.session_id)
        .bind(device.method_id)
        .bind(device.code_id)
        .bind(&device.public_key)
        .bind(&device.client)
        .bind(&device.seed)
        .bind(&device.endpoint)
        .bind(&device.push_key)
        .bind(&device.push_auth)
        .bind(device.created_at)
        .bind(device.seen_at)
        .bind(device.pushed_at)
        .bind(&device.browser)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn device(&mut self, id: Uuid) -> Result<Option<Device>> {
        Ok(sqlx::query_as::<Db, Device>("SELECT * FROM devices WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn devices(&mut self, user_id: Uuid) -> Result<Vec<Device>> {
        Ok(sqlx::query_as::<Db, Device>(
            "SELECT * FROM devices WHERE user_id = $1 AND method_id IS NOT NULL ORDER BY created_at, id",
        )
        .bind(user_id)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn session_device(&mut self, session_id: Uuid) -> Result<Option<Device>> {
        Ok(sqlx::query_as::<Db, Device>(
            "SELECT * FROM devices WHERE session_id = $1 AND method_id IS NULL
             ORDER BY created_at DESC, id DESC LIMIT 1",
        )
        .bind(session_id)
        .fetch_optional(&mut self.0)
        .await?)
    }

    async fn accept_device(&mut self, id: Uuid, method_id: Uuid, code_id: Option<Uuid>) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE devices SET method_id = $2, code_id = $3, session_id = NULL, seed = NULL
             WHERE id = $1 AND method_id IS NULL",
        )
        .bind(id)
        .bind(method_id)
        .bind(code_id)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn drop_session_devices(&mut self, session_id: Uuid) -> Result<u64> {
        let done = sqlx::query("DELETE FROM devices WHERE session_id = $1 AND method_id IS NULL")
            .bind(session_id)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected())
    }

    async fn touch_device(&mut self, id: Uuid, at: Timestamp) -> Result<()> {
        sqlx::query("UPDATE devices SET seen_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn set_device_browser(&mut self, id: Uuid, browser: &[u8]) -> Result<()> {
        sqlx::query("UPDATE devices SET browser = $2 WHERE id = $1")
            .bind(id)
            .bind(browser)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn set_subscription(&mut self, id: Uuid, subscription: Option<&Subscription>) -> Result<()> {
        sqlx::query("UPDATE devices SET endpoint = $2, push_key = $3, push_auth = $4 WHERE id = $1")
            .bind(id)
            .bind(subscription.map(|one| &one.endpoint))
            .bind(subscription.map(|one| &one.key))
            .bind(subscription.map(|one| &one.auth))
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn drop_subscription(&mut self, id: Uuid, endpoint: &str) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE devices SET endpoint = NULL, push_key = NULL, push_auth = NULL WHERE id = $1 AND endpoint = $2",
        )
        .bind(id)
        .bind(endpoint)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn mark_pushed(&mut self, id: Uuid, at: Timestamp) -> Result<()> {
        sqlx::query("UPDATE devices SET pushed_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn begin_pairing(&mut self, pairing: &Pairing) -> Result<()> {
        sqlx::query("DELETE FROM pairings WHERE session_id = $1")
            .bind(pairing.session_id)
            .execute(&mut self.0)
            .await?;
        sqlx::query(
            "INSERT INTO pairings (id, session_id, user_id, secret_hash, code_mac, created_at, expires_at, used_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(pairing.id)
        .bind(pairing.session_id)
        .bind(pairing.user_id)
        .bind(&pairing.secret_hash)
        .bind(&pairing.code_mac)
        .bind(pairing.created_at)
        .bind(pairing.expires_at)
        .bind(pairing.used_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn pairing(&mut self, session_id: Uuid) -> Result<Option<Pairing>> {
        Ok(sqlx::query_as::<Db, Pairing>("SELECT * FROM pairings WHERE session_id = $1")
            .bind(session_id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn pairing_by_secret(&mut self, secret_hash: &[u8]) -> Result<Option<Pairing>> {
        Ok(sqlx::query_as::<Db, Pairing>("SELECT * FROM pairings WHERE secret_hash = $1")
            .bind(secret_hash)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn open_pairings(&mut self, user_id: Uuid, now: Timestamp) -> Result<Vec<Pairing>> {
        Ok(sqlx::query_as::<Db, Pairing>(
            "SELECT * FROM pairings WHERE user_id = $1 AND used_at IS NULL AND expires_at > $2
             ORDER BY created_at, id",
        )
        .bind(user_id)
        .bind(now)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn use_pairing(&mut self, id: Uuid, now: Timestamp) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE pairings SET used_at = $2 WHERE id = $1 AND used_at IS NULL AND expires_at > $2",
        )
        .bind(id)
        .bind(now)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn add_push_request(&mut self, request: &PushRequest) -> Result<()> {
        sqlx::query(
            "INSERT INTO push_requests (id, challenge_id, account, user_id, device_id, purpose, asked, address, client,
                number, state, created_at, expires_at, answered_at, answered_by, browser, answered_address,
                answered_client)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        )
        .bind(request.id)
        .bind(request.challenge_id)
        .bind(&request.account)
        .bind(request.user_id)
        .bind(request.device_id)
        .bind(&request.purpose)
        .bind(&request.asked)
        .bind(&request.address)
        .bind(&request.client)
        .bind(&request.number)
        .bind(&request.state)
        .bind(request.created_at)
        .bind(request.expires_at)
        .bind(request.answered_at)
        .bind(request.answered_by)
        .bind(&request.browser)
        .bind(&request.answered_address)
        .bind(&request.answered_client)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn push_request(&mut self, id: Uuid) -> Result<Option<PushRequest>> {
        Ok(sqlx::query_as::<Db, PushRequest>("SELECT * FROM push_requests WHERE id = $1")
            .bind(id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn challenge_request(&mut self, challenge_id: Uuid) -> Result<Option<PushRequest>> {
        Ok(sqlx::query_as::<Db, PushRequest>("SELECT * FROM push_requests WHERE challenge_id = $1")
            .bind(challenge_id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn open_push_request(&mut self, account: &str, now: Timestamp) -> Result<Option<PushRequest>> {
        Ok(sqlx::query_as::<Db, PushRequest>(
            "SELECT push_requests.* FROM push_requests JOIN challenges ON challenges.id = challenge_id
             WHERE account = $1 AND push_requests.purpose <> 'register' AND state = 'open'
               AND push_requests.expires_at > $2 AND consumed_at IS NULL AND superseded_at IS NULL
             ORDER BY push_requests.created_at DESC LIMIT 1",
        )
        .bind(account)
        .bind(now)
        .fetch_optional(&mut self.0)
        .await?)
    }

    async fn device_requests(&mut self, device: &Device, now: Timestamp) -> Result<Vec<PushRequest>> {
        // A device that is no method yet is asked nothing but its own test.
        Ok(sqlx::query_as::<Db, PushRequest>(
            "SELECT push_requests.* FROM push_requests JOIN challenges ON challenges.id = challenge_id
             WHERE push_requests.user_id = $1 AND state = 'open' AND push_requests.expires_at > $2
               AND (device_id = $3 OR (device_id IS NULL AND $4))
               AND consumed_at IS NULL AND superseded_at IS NULL
             ORDER BY push_requests.created_at, push_requests.id",
        )
        .bind(device.user_id)
        .bind(now)
        .bind(device.id)
        .bind(device.method_id.is_some())
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn settle_push_request(
        &mut self,
        id: Uuid,
        from: &str,
        to: &str,
        by: &Answerer<'_>,
        at: Timestamp,
    ) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE push_requests SET state = $3, answered_by = $4, answered_at = $5, answered_address = $6,
                answered_client = $7
             WHERE id = $1 AND state = $2 AND (state <> 'open' OR expires_at > $5)",
        )
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(by.device)
        .bind(at)
        .bind(by.address)
        .bind(by.client)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn approved_push_requests(&mut self, user_id: Uuid, since: Timestamp) -> Result<Vec<PushRequest>> {
        Ok(sqlx::query_as::<Db, PushRequest>(
            "SELECT * FROM push_requests WHERE user_id = $1 AND state = 'approved' AND answered_at >= $2
             ORDER BY answered_at DESC, id DESC",
        )
        .bind(user_id)
        .bind(since)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn overdue_push_requests(&mut self, now: Timestamp, limit: i64) -> Result<Vec<PushRequest>> {
        Ok(sqlx::query_as::<Db, PushRequest>(
            "SELECT * FROM push_requests WHERE state = 'open' AND expires_at <= $1 ORDER BY expires_at, id LIMIT $2",
        )
        .bind(now)
        .bind(limit)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn expire_push_request(&mut self, id: Uuid, now: Timestamp) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE push_requests SET state = 'expired' WHERE id = $1 AND state = 'open' AND expires_at <= $2",
        )
        .bind(id)
        .bind(now)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}
