//! SQL of [`Credentials`].

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::{Db, Tx};
use crate::{Credentials, Passkey, PasskeyCeremony, RecoveryCode, Result};

#[derive(sqlx::FromRow)]
struct OwnCode {
    method_id: Uuid,
    #[sqlx(flatten)]
    code: RecoveryCode,
}

#[async_trait]
impl Credentials for Tx {
    async fn add_recovery_codes(&mut self, method_id: Uuid, verifiers: &[String]) -> Result<()> {
        for (position, verifier) in (0_i64..).zip(verifiers) {
            sqlx::query("INSERT INTO recovery_codes (method_id, position, verifier) VALUES ($1, $2, $3)")
                .bind(method_id)
                .bind(position)
                .bind(verifier)
                .execute(&mut self.0)
                .await?;
        }
        Ok(())
    }

    async fn recovery_codes(&mut self, user_id: Uuid) -> Result<Vec<(Uuid, RecoveryCode)>> {
        let codes = sqlx::query_as::<Db, OwnCode>(
            "SELECT code.method_id, code.position, code.verifier
             FROM recovery_codes AS code JOIN methods ON methods.id = code.method_id
             WHERE methods.user_id = $1 AND code.used_at IS NULL
             ORDER BY code.method_id, code.position",
        )
        .bind(user_id)
        .fetch_all(&mut self.0)
        .await?;
        Ok(codes.into_iter().map(|own| (own.method_id, own.code)).collect())
    }

    async fn every_recovery_code(&mut self, user_id: Uuid) -> Result<Vec<(Uuid, RecoveryCode)>> {
        let codes = sqlx::query_as::<Db, OwnCode>(
            "SELECT code.method_id, code.position, code.verifier
             FROM recovery_codes AS code JOIN methods ON methods.id = code.method_id
             WHERE methods.user_id = $1
             ORDER BY code.method_id, code.position",
        )
        .bind(user_id)
        .fetch_all(&mut self.0)
        .await?;
        Ok(codes.into_iter().map(|own| (own.method_id, own.code)).collect())
    }

    async fn take_recovery_code(&mut self, method_id: Uuid, position: i64, at: Timestamp) -> Result<bool> {
        let taken = sqlx::query(
            "UPDATE recovery_codes SET used_at = $3 WHERE method_id = $1 AND position = $2 AND used_at IS NULL",
        )
        .bind(method_id)
        .bind(position)
        .bind(at)
        .execute(&mut self.0)
        .await?;
        if taken.rows_affected() != 1 {
            return Ok(false);
        }
        sqlx::query("UPDATE methods SET codes_left = codes_left - 1 WHERE id = $1")
            .bind(method_id)
            .execute(&mut self.0)
            .await?;
        Ok(true)
    }

    async fn knows_passkey(&mut self, credential_id: &[u8]) -> Result<bool> {
        Ok(sqlx::query_scalar::<Db, bool>("SELECT EXISTS (SELECT 1 FROM passkeys WHERE credential_id = $1)")
            .bind(credential_id)
            .fetch_one(&mut self.0)
            .await?)
    }

    async fn add_passkey(&mut self, passkey: &Passkey) -> Result<()> {
        sqlx::query("INSERT INTO passkeys (method_id, credential_id, credential) VALUES ($1, $2, $3)")
            .bind(passkey.method_id)
            .bind(&passkey.credential_id)
            .bind(&passkey.credential)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn passkeys(&mut self, user_id: Uuid) -> Result<Vec<Passkey>> {
        Ok(sqlx::query_as::<Db, Passkey>(
            "SELECT passkeys.* FROM passkeys JOIN methods ON methods.id = passkeys.method_id
             WHERE methods.user_id = $1 ORDER BY methods.created_at, methods.id",
        )
        .bind(user_id)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn update_passkey(&mut self, method_id: Uuid, credential: &str) -> Result<()> {
        sqlx::query("UPDATE passkeys SET credential = $2 WHERE method_id = $1")
            .bind(method_id)
            .bind(credential)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn record_drill(&mut self, user_id: Uuid, at: Timestamp) -> Result<()> {
        sqlx::query(
            "INSERT INTO drills (user_id, proved_at) VALUES ($1, $2)
             ON CONFLICT (user_id) DO UPDATE SET proved_at = excluded.proved_at",
        )
        .bind(user_id)
        .bind(at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn drilled_at(&mut self, user_id: Uuid) -> Result<Option<Timestamp>> {
        Ok(sqlx::query_scalar::<Db, Timestamp>("SELECT proved_at FROM drills WHERE user_id = $1")
            .bind(user_id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn add_passkey_ceremony(&mut self, ceremony: &PasskeyCeremony) -> Result<()> {
        sqlx::query("INSERT INTO passkey_ceremonies (challenge_id, options, state) VALUES ($1, $2, $3)")
            .bind(ceremony.challenge_id)
            .bind(&ceremony.options)
            .bind(&ceremony.state)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn passkey_ceremony(&mut self, challenge_id: Uuid) -> Result<Option<PasskeyCeremony>> {
        Ok(sqlx::query_as::<Db, PasskeyCeremony>("SELECT * FROM passkey_ceremonies WHERE challenge_id = $1")
            .bind(challenge_id)
            .fetch_optional(&mut self.0)
            .await?)
    }
}
