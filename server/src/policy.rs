//! Policies and settings as documents in the store.

pub mod edit;

use regain_core::policy::{
    AdministratorPolicy, AuthenticationMethodsPolicy, Membership, Policies, ResetPolicy, Scope,
};
use regain_core::time::Timestamp;
use regain_store::{Error, PolicyRow, Result, SettingsRow, Tx};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
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
    /// Since when it asks for what it asks now; the epoch before it ever was saved.
    pub asks_since: Timestamp,
}

/// The reset policy. There is one until there are many; before it was ever saved it is the default.
pub async fn current(tx: &mut dyn Tx) -> Result<Current> {
    let Some(row) = tx.policies().await?.into_iter().next() else {
        return Ok(Current::default());
    };
    let mut policy: ResetPolicy = read(&row.body)?;
    let Asked { asks_since } = read(&row.body)?;
    // The row's own column follows the group: once it is deleted, nobody is selected.
    if let Scope::Selected(group) = &mut policy.scope {
        *group = row.scope_group.map(|id| id.to_string());
    }
    Ok(Current { policy, id: row.id, version: row.version, asks_since: asks_since.unwrap_or(row.changed_at) })
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
    let asks_since = if asks_the_same(&current.policy, policy) { current.asks_since } else { now };
    let row = PolicyRow {
        id: if first { id } else { current.id },
        priority: 0,
        scope: policy.scope.as_str().to_owned(),
        scope_group: policy.scope.group().and_then(|group| group.parse().ok()),
        version: if first { 1 } else { current.version },
        body: write(&Body { policy, asks_since })?,
        changed_at: now,
    };
    if first { tx.add_policy(&row).await } else { tx.save_policy(&row).await }
}

/// A policy is stored with its settings and, beside them, since when people are asked for what they are asked for.
#[derive(Serialize)]
struct Body<'a, P> {
    #[serde(flatten)]
    policy: &'a P,
    asks_since: Timestamp,
}

/// The same, read. What was saved before has none: its last save counts.
#[derive(Deserialize)]
struct Asked {
    asks_since: Option<Timestamp>,
}

/// Whether people need the same methods before and after: who has too few because of a change is asked (R37); a save of
/// anything else interrupts nobody who removed a method (R93).
fn asks_the_same(before: &ResetPolicy, after: &ResetPolicy) -> bool {
    before.scope == after.scope
        && before.methods_required == after.methods_required
        && before.methods == after.methods
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

/// Saves the authentication methods policy if nobody saved it since `version` was read; otherwise [`Error::Conflict`].
pub async fn save_methods(
    tx: &mut dyn Tx,
    policy: &AuthenticationMethodsPolicy,
    version: i64,
    now: Timestamp,
) -> Result<()> {
    let (before, asked) = methods_row(tx).await?;
    let reset = current(tx).await?.policy;
    let asks_since = if before.offers_the_same(policy, &reset) { asked } else { now };
    save_document(tx, METHODS, &Body { policy, asks_since }, version, now).await
}

/// The authentication methods policy, and since when it asks for what it asks now.
async fn methods_row(tx: &mut dyn Tx) -> Result<(AuthenticationMethodsPolicy, Timestamp)> {
    let Some(row) = tx.settings(METHODS).await? else { return Ok(Default::default()) };
    let Asked { asks_since } = read(&row.body)?;
    Ok((read(&row.body)?, asks_since.unwrap_or(row.changed_at)))
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
    /// Since when they ask people for what they ask now.
    pub asks_since: Timestamp,
}

impl All {
    /// Loads them.
    pub async fn load(tx: &mut dyn Tx) -> Result<Self> {
        let Current { policy: reset, asks_since, .. } = current(tx).await?;
        let administrators = administrators(tx).await?;
        let (methods, methods_since) = methods_row(tx).await?;
        Ok(Self { reset, administrators, methods, asks_since: asks_since.max(methods_since) })
    }

    /// The same as the rules read it.
    pub const fn rules(&self) -> Policies<'_> {
        Policies { reset: &self.reset, administrators: self.administrators, methods: &self.methods }
    }

    /// The groups that they name.
    pub fn groups(&self) -> Vec<Uuid> {
        self.rules().groups().iter().filter_map(|group| group.parse().ok()).collect()
    }

    /// Which of the groups that they name a user is in; one query, whatever they name.
    pub async fn membership(&self, tx: &mut dyn Tx, user_id: Uuid) -> Result<Membership> {
        Ok(tx.memberships(user_id, &self.groups()).await?.into_iter().collect())
    }
}

fn read<T: DeserializeOwned>(body: &str) -> Result<T> {
    serde_json::from_str(body).map_err(|error| Error::Corrupt(error.to_string()))
}

fn write<T: Serialize>(document: &T) -> Result<String> {
    serde_json::to_string(document).map_err(|error| Error::Corrupt(error.to_string()))
}
