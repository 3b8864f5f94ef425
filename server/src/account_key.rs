//! The name under which limits count for an account, known or not: so that an unknown name locks like a known one.

use regain_store::{Result, Tx, User};
use uuid::Uuid;

use crate::crypto::Keys;
use crate::engine::Engine;

/// An account's name in counters and lockouts. Take `key` from [`regain_core::account::Username::key`] or from the
/// user's `upn_key`, which are equal for one account.
pub fn account_key(keys: &Keys, key: &str) -> String {
    keys.subject("account", key)
}

/// What the account keys of names that nobody has begin with: their counters are bounded, and the oldest forgotten.
pub const MADE_UP: &str = "~";

/// The key under which a name that was looked up counts: like an account's, for a name that nobody has.
pub fn key_of_name(keys: &Keys, key: &str, is_known: bool) -> String {
    let account = account_key(keys, key);
    if is_known { account } else { format!("{MADE_UP}{account}") }
}

/// The name of one of the account's counters; they share [`counter_prefix`], so that a reset clears them all.
pub fn counter_key(account: &str, what: &str) -> String {
    format!("{}{what}", counter_prefix(account))
}

/// What the names of all counters of an account begin with.
pub fn counter_prefix(account: &str) -> String {
    format!("account:{account}:")
}

/// What a transaction takes in [`regain_store::Tx::lock`] before it reads what it decides about an account, known or
/// not, and before it writes any of its rows. Before every other lock (ADR 0003).
pub fn account_lock(account: &str) -> String {
    format!("account:{account}")
}

impl Engine {
    /// Takes the lock of a user's account, and reads the user as it is from then on; `None` when there is none.
    pub async fn lock_user(&self, tx: &mut dyn Tx, id: Uuid) -> Result<Option<User>> {
        // The name of the lock comes from the name of the user, which never changes.
        let Some(user) = tx.user(id).await? else { return Ok(None) };
        tx.lock(&account_lock(&account_key(&self.keys, &user.upn_key))).await?;
        tx.user(id).await
    }
}
