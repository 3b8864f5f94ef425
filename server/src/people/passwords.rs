//! Passwords that an administrator sets.

use regain_core::account::PersonNames;
use regain_core::form::FieldProblem;
use regain_core::password::NewPassword;
use regain_core::secret::Secret;
use regain_store::User;
use serde_json::json;
use uuid::Uuid;

use super::{Actor, FirstPassword, Refusal};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::passwords::{self, Cause, NewVerifier, names_of};
use crate::person::{Person, roles};

impl Engine {
    /// Hashes an initial password that its owner has to change. `field` is where a problem is told.
    pub async fn first_password(
        &self,
        field: &str,
        password: &Secret,
        names: &PersonNames,
    ) -> Result<FirstPassword, Refusal> {
        let password = judge(field, password, names)?;
        let verifier = self.verifier(&password).await?;
        Ok(FirstPassword { verifier, temporary: true, imported: false })
    }

    /// The same for a row of an import: a quick hash, over which a job lays argon2id.
    pub fn imported_password(
        &self,
        field: &str,
        password: &Secret,
        names: &PersonNames,
    ) -> Result<FirstPassword, Refusal> {
        let password = judge(field, password, names)?;
        let verifier = self.hasher.hash_import(password.normalized(), self.new_salt())?;
        Ok(FirstPassword { verifier, temporary: true, imported: true })
    }

    /// Sets a password that must be changed at the next sign-in. Sessions, flows, codes and
    /// locks end with the old one.
    pub async fn set_temporary_password(
        &self,
        actor: &Actor<'_>,
        id: Uuid,
        password: &Secret,
    ) -> Result<User, Refusal> {
        let result = async {
            // Who has no standing hears nothing of the password. Hashing takes long: not inside a transaction.
            let mut tx = self.store.read().await?;
            let user = tx.user(id).await?.ok_or(Refusal::NotFound)?;
            if !actor.may_manage(&roles(&mut *tx, id).await?) {
                return Err(Refusal::Forbidden);
            }
            drop(tx);
            let first = self.first_password("temporary_password", password, &names_of(&user)).await?;
            self.try_set(actor, id, first).await
        };
        let result = result.await;
        self.note_refusal(actor, activity::RESET_BY_ADMIN, id, &result).await;
        result
    }

    async fn try_set(&self, actor: &Actor<'_>, id: Uuid, first: FirstPassword) -> Result<User, Refusal> {
        let mut tx = self.store.write().await?;
        let user = self.manageable(&mut *tx, actor, id).await?;
        let cause = Cause::Administrator;
        let new = NewVerifier { verifier: first.verifier, imported: first.imported, cause };
        passwords::set(self, &mut *tx, &user, new).await?;
        let told = Person::of(self, &mut *tx, user.clone()).await?.notice_addresses();
        self.tell(&mut *tx, actor, &user, &told, "notice-password-set").await?;
        let record = audit::success(service::PASSWORD, activity::RESET_BY_ADMIN).to(&user);
        tx.append(&actor.sign(self, record)).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// *Password never expires*: leaves one person out of the organisation's expiry, or takes them in again.
    pub async fn set_never_expires(&self, actor: &Actor<'_>, id: Uuid, never: bool) -> Result<User, Refusal> {
        let result = self.try_never_expires(actor, id, never).await;
        self.note_refusal(actor, activity::UPDATE_USER, id, &result).await;
        result
    }

    async fn try_never_expires(&self, actor: &Actor<'_>, id: Uuid, never: bool) -> Result<User, Refusal> {
        let mut tx = self.store.write().await?;
        let user = self.manageable(&mut *tx, actor, id).await?;
        let before = tx.password_never_expires(id).await?;
        if before == never {
            return Ok(user);
        }
        if !tx.set_password_never_expires(id, never).await? {
            return Err(Refusal::NotFound);
        }
        let record = audit::success(service::DIRECTORY, activity::UPDATE_USER).to(&user);
        let record = record.detail("passwordNeverExpires", json!({ "old": before, "new": never }));
        tx.append(&actor.sign(self, record)).await?;
        tx.commit().await?;
        Ok(user)
    }
}

/// What is wrong with a password that somebody else sets, at its field (ruling 6).
fn judge(field: &str, password: &Secret, names: &PersonNames) -> Result<NewPassword, Refusal> {
    if password.is_empty() {
        return Err(Refusal::field(field, "initial-password-empty"));
    }
    passwords::judge_temporary(password, names).map_err(|problems| {
        Refusal::Problems(problems.iter().map(|problem| problem.on(field)).collect::<Vec<FieldProblem>>())
    })
}
