//! Policies and settings as documents in the store.

pub mod edit;

use regain_core::policy::{
    AdministratorPolicy, AuthenticationMethodsPolicy, Membership, Policies, ResetPolicy, Scope,
};
use regain_core::time::Timestamp;
use regain_store::{Error, PolicyRow, Result, SettingsRow, Tx};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

/// A settings document, and its version for the next save (0: never saved, so the default holds).
pub async fn document<T: DeserializeOwned + Default>(tx: &mut dyn Tx, name: &str) -> Result<(T, i64)> {
    match tx.settings(name).await? {
        None => Ok((T::default(), 0)),
        Some(row) => Ok((read(&row.body)?, row.version)),
    }
}

/// Saves a settings document if nobody saved it since `version` was read; otherwise [`Error::Conflict`].
pub async fn save_document<T: Serialize>(
    tx: &mut dyn Tx,
    name: &str,
    document: &T,
    version: i64,
    now: Timestamp,
) -> Result<()> {
    let body = write(document)?;
    tx.save_settings(&SettingsRow { name: name.to_owned(), version, body, changed_at: now }).await
}

/// The reset policy and its row.
#[derive(Clone, Debug, Default)]
pub struct Current {
    /// The settings.
    pub policy: ResetPolicy,
    /// Row id.
    pub id: Uuid,
    /// For the next save.
    pub version: i64,
    /// When it was last saved; the epoch before it ever was.
    pub changed_at: Timestamp,
}

/// The reset policy. There is one until there are many; before it was ever saved it is the default.
pub async fn current(tx: &mut dyn Tx) -> Result<Current> {
    let Some(row) = tx.policies().await?.into_iter().next() else {
        return Ok(Current::default());
    };
    let mut policy: ResetPolicy = read(&row.body)?;
    // The row's own column follows the group: once it is deleted, nobody is selected.
    if let Scope::Selected(group) = &mut policy.scope {
        *group = row.scope_group.map(|id| id.to_string());
    }
    Ok(Current { policy, id: row.id, version: row.version, changed_at: row.changed_at })
}

/// Saves the reset policy if nobody saved it since; otherwise [`Error::Conflict`]. `id` names a first policy's row.
pub async fn save(
    tx: &mut dyn Tx,
    current: &Current,
    policy: &ResetPolicy,
    id: Uuid,
    now: Timestamp,
) -> Result<()> {
    let first = current.version == 0;
    let row = PolicyRow {
        id: if first { id } else { current.id },
        priority: 0,
        scope: policy.scope.as_str().to_owned(),
        scope_group: policy.scope.group().and_then(|group| group.parse().ok()),
        version: if first { 1 } else { current.version },
        body: write(policy)?,
        changed_at: now,
    };
    if first { tx.add_policy(&row).await } else { tx.save_policy(&row).await }
}

/// The name of the administrator policy's document.
pub const ADMINISTRATORS: &str = "administrator_policy";

/// The administrator policy.
pub async fn administrators(tx: &mut dyn Tx) -> Result<AdministratorPolicy> {
    document(tx, ADMINISTRATORS).await.map(|(policy, _)| policy)
}

/// The name of the authentication methods policy's document.
pub const METHODS: &str = "authentication_methods_policy";

/// The authentication methods policy.
pub async fn methods(tx: &mut dyn Tx) -> Result<AuthenticationMethodsPolicy> {
    document(tx, METHODS).await.map(|(policy, _)| policy)
}

/// Every policy that says what a person may do.
#[derive(Clone, Debug, Default)]
pub struct All {
    /// The reset policy.
    pub reset: ResetPolicy,
    /// The administrators' own policy.
    pub administrators: AdministratorPolicy,
    /// The authentication methods policy.
    pub methods: AuthenticationMethodsPolicy,
    /// When the first or the last of them was saved last.
    pub changed_at: Timestamp,
}

impl All {
    /// Loads them.
    pub async fn load(tx: &mut dyn Tx) -> Result<Self> {
        let Current { policy: reset, changed_at, .. } = current(tx).await?;
        let administrators = administrators(tx).await?;
        let row = tx.settings(METHODS).await?;
        let changed_at = row.as_ref().map_or(changed_at, |row| row.changed_at.max(changed_at));
        let methods = row.map(|row| read(&row.body)).transpose()?.unwrap_or_default();
        Ok(Self { reset, administrators, methods, changed_at })
    }

    /// The same as the rules read it.
    pub const fn rules(&self) -> Policies<'_> {
        Policies { reset: &self.reset, administrators: self.administrators, methods: &self.methods }
    }

    /// Which of the groups that they name a user is in; one query, whatever they name.
    pub async fn membership(&self, tx: &mut dyn Tx, user_id: Uuid) -> Result<Membership> {
        let groups: Vec<Uuid> = self.rules().groups().iter().filter_map(|group| group.parse().ok()).collect();
        Ok(tx.memberships(user_id, &groups).await?.into_iter().collect())
    }
}

fn read<T: DeserializeOwned>(body: &str) -> Result<T> {
    serde_json::from_str(body).map_err(|error| Error::Corrupt(error.to_string()))
}

fn write<T: Serialize>(document: &T) -> Result<String> {
    serde_json::to_string(document).map_err(|error| Error::Corrupt(error.to_string()))
}
