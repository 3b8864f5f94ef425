//! Giving and taking roles.

use std::collections::BTreeSet;

use regain_core::role::Role;
use regain_store::{Tx, User};
use uuid::Uuid;

use super::{Actor, Refusal};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::person;

/// Held by whoever changes who can do everything, so that two cannot remove each other at once (T77).
pub(super) const LOCK: &str = "roles";

/// Refuses when `id` is the only Global Administrator who can sign in. The caller holds [`LOCK`].
pub(super) async fn keep_one(tx: &mut dyn Tx, id: Uuid) -> Result<(), Refusal> {
    let holders = tx.role_holders(Role::GlobalAdministrator.as_str(), 2).await?;
    match holders.as_slice() {
        [only] if only.id == id => Err(Refusal::LastGlobalAdministrator),
        _ => Ok(()),
    }
}

impl Engine {
    /// Gives one role. False when the user held it already.
    pub async fn grant_role(&self, actor: &Actor<'_>, id: Uuid, role: Role) -> Result<bool, Refusal> {
        self.change_roles(actor, id, &[role], &[]).await
    }

    /// Takes one role. False when the user did not hold it.
    pub async fn revoke_role(&self, actor: &Actor<'_>, id: Uuid, role: Role) -> Result<bool, Refusal> {
        self.change_roles(actor, id, &[], &[role]).await
    }

    /// Makes `wanted` the roles of a user. False when they were that already.
    pub async fn set_roles(&self, actor: &Actor<'_>, id: Uuid, wanted: &[Role]) -> Result<bool, Refusal> {
        let others: Vec<Role> = Role::ALL.iter().copied().filter(|role| !wanted.contains(role)).collect();
        self.change_roles(actor, id, wanted, &others).await
    }

    async fn change_roles(
        &self,
        actor: &Actor<'_>,
        id: Uuid,
        grant: &[Role],
        revoke: &[Role],
    ) -> Result<bool, Refusal> {
        let result = self.try_change(actor, id, grant, revoke).await;
        let activity = if grant.is_empty() { activity::REMOVE_ROLE } else { activity::ADD_ROLE };
        self.note_refusal(actor, activity, id, &result).await;
        result
    }

    async fn try_change(
        &self,
        actor: &Actor<'_>,
        id: Uuid,
        grant: &[Role],
        revoke: &[Role],
    ) -> Result<bool, Refusal> {
        let mut tx = self.store.write().await?;
        let user = self.manageable(&mut *tx, actor, id).await?;
        tx.lock(LOCK).await?;
        let held: BTreeSet<Role> = person::roles(&mut *tx, id).await?.into_iter().collect();
        let gone: Vec<Role> = revoke.iter().copied().filter(|role| held.contains(role)).collect();
        let new: Vec<Role> = grant.iter().copied().filter(|role| !held.contains(role)).collect();
        if gone.contains(&Role::GlobalAdministrator) {
            keep_one(&mut *tx, id).await?;
        }
        if !new.is_empty() {
            // It may have been issued by somebody who could issue none for what the account is now (T112).
            tx.end_help_calls(id, self.now()).await?;
            tx.delete_pass(id).await?;
        }
        for role in &new {
            tx.grant_role(id, role.as_str()).await?;
        }
        for role in &gone {
            tx.revoke_role(id, role.as_str()).await?;
        }
        if !new.is_empty() || !gone.is_empty() {
            // Another role is another way in: what began under the old ones ends, whoever changed them.
            tx.end_sessions(id, None).await?;
        }
        self.record_roles(&mut *tx, actor, &user, activity::ADD_ROLE, &new).await?;
        self.record_roles(&mut *tx, actor, &user, activity::REMOVE_ROLE, &gone).await?;
        tx.commit().await?;
        Ok(!new.is_empty() || !gone.is_empty())
    }

    pub(crate) async fn record_roles(
        &self,
        tx: &mut dyn Tx,
        actor: &Actor<'_>,
        user: &User,
        activity: &str,
        roles: &[Role],
    ) -> Result<(), Refusal> {
        for role in roles {
            let record =
                audit::success(service::DIRECTORY, activity).to(user).detail("role", role.display_name());
            tx.append(&actor.sign(self, record)).await?;
        }
        Ok(())
    }
}
