//! What an administrator removes and releases: methods, locks.

use regain_core::method::Method;
use regain_store::User;
use uuid::Uuid;

use super::{Actor, Refusal};
use crate::account_key::account_key;
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::person::Person;

impl Engine {
    /// Removes one registered method, or with `None` everything that the person registered. Returns how many went.
    /// Contact data that an administrator entered stays.
    pub async fn remove_methods(
        &self,
        actor: &Actor<'_>,
        id: Uuid,
        method: Option<MethodKey>,
    ) -> Result<usize, Refusal> {
        let result = self.try_remove(actor, id, method).await;
        self.note_refusal(actor, activity::ADMIN_UPDATED, id, &result).await;
        result
    }

    async fn try_remove(
        &self,
        actor: &Actor<'_>,
        id: Uuid,
        method: Option<MethodKey>,
    ) -> Result<usize, Refusal> {
        let mut tx = self.store.write().await?;
        let user = self.manageable(&mut *tx, actor, id).await?;
        // Before the methods go: their addresses are told, too.
        let told = Person::of(self, &mut *tx, user.clone()).await?.notice_addresses();
        let mut removed = Vec::new();
        for row in tx.methods(id).await? {
            if method.is_none_or(|key| key == MethodKey::Row(row.id)) && tx.delete_method(id, row.id).await? {
                removed.push(row.method);
            }
        }
        let answers =
            method.is_none_or(|key| key == MethodKey::Questions) && !tx.answers(id).await?.is_empty();
        if answers {
            tx.set_answers(id, &[]).await?;
            removed.push(Method::SecurityQuestions.as_str().to_owned());
        }
        if removed.is_empty() {
            return if method.is_some() { Err(Refusal::NotFound) } else { Ok(0) };
        }
        if method.is_none() && (user.registered_at.is_some() || user.confirmed_at.is_some()) {
            tx.update_user(&User { registered_at: None, confirmed_at: None, ..user.clone() }).await?;
        }
        if method.is_none() {
            // Nothing is left that could agree to a new one.
            tx.end_hold(id).await?;
        }
        tx.void_challenges(id, self.now()).await?;
        tx.close_flows(id, None, "methods_changed", self.now()).await?;
        self.tell(&mut *tx, actor, &user, &told, "notice-methods-removed").await?;
        let record = audit::success(service::METHODS, activity::ADMIN_UPDATED).to(&user);
        let record = record.because("Methods removed").detail("removed", removed.clone());
        tx.append(&actor.sign(self, record)).await?;
        tx.commit().await?;
        Ok(removed.len())
    }

    /// Releases the sign-in lockout and the recovery lock.
    pub async fn unlock_user(&self, actor: &Actor<'_>, id: Uuid) -> Result<User, Refusal> {
        let result = self.try_unlock(actor, id).await;
        self.note_refusal(actor, activity::RELEASE_LOCK, id, &result).await;
        result
    }

    async fn try_unlock(&self, actor: &Actor<'_>, id: Uuid) -> Result<User, Refusal> {
        let mut tx = self.store.write().await?;
        let user = self.manageable(&mut *tx, actor, id).await?;
        let account = account_key(&self.keys, &user.upn_key);
        tx.clear_lockout(&account).await?;
        self.clear_limits(&mut *tx, &account).await?;
        let record = audit::success(service::PASSWORD, activity::RELEASE_LOCK).to(&user);
        tx.append(&actor.sign(self, record)).await?;
        tx.commit().await?;
        Ok(user)
    }
}

/// One thing that a person registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodKey {
    /// A registered method's row.
    Row(Uuid),
    /// The answers to security questions.
    Questions,
}
