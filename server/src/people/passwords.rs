//! Passwords that an administrator sets.

use regain_core::secret::Secret;
use regain_store::{Password, User};
use uuid::Uuid;

use super::users::{manageable, password_problem, user_lock};
use super::{Actor, FirstPassword, Refusal};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::person::Person;

impl Engine {
    /// Hashes an initial password that its owner has to change. `field` is where a problem is told.
    pub async fn first_password(&self, field: &str, password: &Secret) -> Result<FirstPassword, Refusal> {
        if let Some(problem) = password_problem(field, password.expose()) {
            return Err(Refusal::Problems(vec![problem]));
        }
        let verifier = self.hasher.hash(password, self.new_salt()).await?;
        Ok(FirstPassword { verifier, temporary: true, imported: false })
    }

    /// The same for a row of an import: a quick hash, over which a job lays argon2id.
    pub fn imported_password(&self, field: &str, password: &Secret) -> Result<FirstPassword, Refusal> {
        if let Some(problem) = password_problem(field, password.expose()) {
            return Err(Refusal::Problems(vec![problem]));
        }
        let verifier = self.hasher.hash_import(password, self.new_salt())?;
        Ok(FirstPassword { verifier, temporary: true, imported: true })
    }

    /// Sets a password that must be changed at the next sign-in. Sessions, flows and codes end, the sign-in lockout goes.
    pub async fn set_temporary_password(
        &self,
        actor: &Actor<'_>,
        id: Uuid,
        password: &Secret,
    ) -> Result<User, Refusal> {
        let first = self.first_password("temporary_password", password).await?;
        let result = self.try_set(actor, id, first).await;
        self.note_refusal(actor, activity::RESET_BY_ADMIN, id, &result).await;
        result
    }

    async fn try_set(&self, actor: &Actor<'_>, id: Uuid, first: FirstPassword) -> Result<User, Refusal> {
        let mut tx = self.store.write().await?;
        tx.lock(&user_lock(id)).await?;
        let user = manageable(&mut *tx, actor, id).await?;
        tx.set_password(&Password {
            user_id: id,
            verifier: first.verifier,
            temporary: first.temporary,
            imported: first.imported,
            set_at: self.now(),
        })
        .await?;
        self.end_everything(&mut *tx, id, "password_set").await?;
        self.clear_sign_in_lockout(&mut *tx, &user).await?;
        let told = Person::of(&mut *tx, user.clone()).await?.notice_addresses();
        self.tell(&mut *tx, actor, &user, &told, "notice-password-set").await?;
        let record = audit::success(service::PASSWORD, activity::RESET_BY_ADMIN).to(&user);
        tx.append(&actor.sign(self, record)).await?;
        tx.commit().await?;
        Ok(user)
    }
}
