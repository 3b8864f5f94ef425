//! SQL of [`Methods`].

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::{Db, Tx};
use crate::{Answer, Enrolment, Method, MethodMix, Methods, Result, STEPS_AHEAD};

#[async_trait]
impl Methods for Tx {
    async fn methods(&mut self, user_id: Uuid) -> Result<Vec<Method>> {
        Ok(sqlx::query_as::<Db, Method>("SELECT * FROM methods WHERE user_id = $1 ORDER BY created_at, id")
            .bind(user_id)
            .fetch_all(&mut self.0)
            .await?)
    }

    async fn add_method(&mut self, method: &Method) -> Result<()> {
        sqlx::query(
            "INSERT INTO methods (id, user_id, method, label, destination, sealed, last_step, created_at, last_used_at,
                codes_left)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(method.id)
        .bind(method.user_id)
        .bind(&method.method)
        .bind(&method.label)
        .bind(&method.destination)
        .bind(&method.sealed)
        .bind(method.last_step)
        .bind(method.created_at)
        .bind(method.last_used_at)
        .bind(method.codes_left)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn rename_method(&mut self, user_id: Uuid, id: Uuid, label: &str) -> Result<bool> {
        let done = sqlx::query("UPDATE methods SET label = $3 WHERE user_id = $1 AND id = $2")
            .bind(user_id)
            .bind(id)
            .bind(label)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn delete_method(&mut self, user_id: Uuid, id: Uuid) -> Result<bool> {
        // What it showed in a session, or agreed to, goes with it, and with the codes of the same phone.
        for set in [
            "UPDATE sessions SET proved_at = NULL, proved_by = NULL WHERE user_id = $1 AND proved_by IN (
                SELECT method FROM methods WHERE user_id = $1 AND (id = $2 OR id IN (
                    SELECT code_id FROM devices WHERE user_id = $1 AND method_id = $2)))",
            "UPDATE sessions SET agreed_at = NULL, agreed_by = NULL WHERE user_id = $1 AND agreed_by IN (
                SELECT method FROM methods WHERE user_id = $1 AND (id = $2 OR id IN (
                    SELECT code_id FROM devices WHERE user_id = $1 AND method_id = $2)))",
        ] {
            sqlx::query(set).bind(user_id).bind(id).execute(&mut self.0).await?;
        }
        sqlx::query(
            "DELETE FROM methods
             WHERE user_id = $1 AND id IN (SELECT code_id FROM devices WHERE user_id = $1 AND method_id = $2)",
        )
        .bind(user_id)
        .bind(id)
        .execute(&mut self.0)
        .await?;
        let done = sqlx::query("DELETE FROM methods WHERE user_id = $1 AND id = $2")
            .bind(user_id)
            .bind(id)
            .execute(&mut self.0)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn take_step(&mut self, id: Uuid, step: i64, at: Timestamp) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE methods SET last_step = $2, last_used_at = $3
             WHERE id = $1 AND (last_step IS NULL OR last_step < $2 OR last_step > $4)",
        )
        .bind(id)
        .bind(step)
        .bind(at)
        .bind(step + STEPS_AHEAD)
        .execute(&mut self.0)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn touch_method(&mut self, id: Uuid, at: Timestamp) -> Result<()> {
        sqlx::query("UPDATE methods SET last_used_at = $2 WHERE id = $1")
            .bind(id)
            .bind(at)
            .execute(&mut self.0)
            .await?;
        Ok(())
    }

    async fn answers(&mut self, user_id: Uuid) -> Result<Vec<Answer>> {
        Ok(sqlx::query_as::<Db, Answer>("SELECT * FROM answers WHERE user_id = $1 ORDER BY question")
            .bind(user_id)
            .fetch_all(&mut self.0)
            .await?)
    }

    async fn set_answers(&mut self, user_id: Uuid, answers: &[Answer]) -> Result<()> {
        sqlx::query("DELETE FROM answers WHERE user_id = $1").bind(user_id).execute(&mut self.0).await?;
        for answer in answers {
            sqlx::query("INSERT INTO answers (user_id, question, verifier, folding) VALUES ($1, $2, $3, $4)")
                .bind(user_id)
                .bind(&answer.question)
                .bind(&answer.verifier)
                .bind(answer.folding)
                .execute(&mut self.0)
                .await?;
        }
        Ok(())
    }

    async fn method_mix(&mut self, most: i64) -> Result<Vec<MethodMix>> {
        Ok(sqlx::query_as::<Db, MethodMix>(
            "SELECT app_notification, app_code, mobile_phone, office_phone, email, passkey,
                recovery_code, questions, administrator,
                COUNT(*) AS people FROM (
                SELECT
                    EXISTS (SELECT 1 FROM methods WHERE user_id = person.id AND method = 'app_notification')
                        AS app_notification,
                    EXISTS (SELECT 1 FROM methods WHERE user_id = person.id AND method = 'app_code') AS app_code,
                    EXISTS (SELECT 1 FROM methods WHERE user_id = person.id AND method = 'mobile_phone')
                        OR person.mobile_phone IS NOT NULL AS mobile_phone,
                    EXISTS (SELECT 1 FROM methods WHERE user_id = person.id AND method = 'office_phone')
                        OR person.office_phone IS NOT NULL AS office_phone,
                    EXISTS (SELECT 1 FROM methods WHERE user_id = person.id AND method = 'email')
                        OR person.alternate_email IS NOT NULL AS email,
                    EXISTS (SELECT 1 FROM methods WHERE user_id = person.id AND method = 'passkey') AS passkey,
                    EXISTS (SELECT 1 FROM methods WHERE user_id = person.id AND codes_left > 0) AS recovery_code,
                    EXISTS (SELECT 1 FROM answers WHERE user_id = person.id) AS questions,
                    EXISTS (SELECT 1 FROM roles WHERE user_id = person.id) AS administrator
                FROM (SELECT * FROM users WHERE NOT blocked ORDER BY upn_key LIMIT $1) AS person) AS each_person
             GROUP BY app_notification, app_code, mobile_phone, office_phone, email, passkey, recovery_code, questions,
                administrator
             ORDER BY app_notification, app_code, mobile_phone, office_phone, email, passkey, recovery_code, questions,
                administrator",
        )
        .bind(most)
        .fetch_all(&mut self.0)
        .await?)
    }

    async fn enrolment(&mut self, session_id: Uuid) -> Result<Option<Enrolment>> {
        Ok(sqlx::query_as::<Db, Enrolment>("SELECT * FROM enrolments WHERE session_id = $1")
            .bind(session_id)
            .fetch_optional(&mut self.0)
            .await?)
    }

    async fn begin_enrolment(&mut self, enrolment: &Enrolment) -> Result<()> {
        sqlx::query("DELETE FROM enrolments WHERE session_id = $1")
            .bind(enrolment.session_id)
            .execute(&mut self.0)
            .await?;
        sqlx::query(
            "INSERT INTO enrolments (id, session_id, user_id, method, destination, sealed, body, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(enrolment.id)
        .bind(enrolment.session_id)
        .bind(enrolment.user_id)
        .bind(&enrolment.method)
        .bind(&enrolment.destination)
        .bind(&enrolment.sealed)
        .bind(&enrolment.body)
        .bind(enrolment.created_at)
        .bind(enrolment.expires_at)
        .execute(&mut self.0)
        .await?;
        Ok(())
    }

    async fn end_enrolment(&mut self, id: Uuid) -> Result<bool> {
        let done = sqlx::query("DELETE FROM enrolments WHERE id = $1").bind(id).execute(&mut self.0).await?;
        Ok(done.rows_affected() == 1)
    }
}
