//! The name under which limits count for an account, known or not: so that an unknown name locks like a known one.

use uuid::Uuid;

use crate::crypto::Keys;

/// An account's name in counters and lockouts. Take `key` from [`regain_core::account::Username::key`] or from the
/// user's `upn_key`, which are equal for one account.
pub fn account_key(keys: &Keys, key: &str) -> String {
    keys.subject("account", key)
}

/// The name of one of the account's counters; they share [`counter_prefix`], so that a reset clears them all.
pub fn counter_key(account: &str, what: &str) -> String {
    format!("{}{what}", counter_prefix(account))
}

/// What the names of all counters of an account begin with.
pub fn counter_prefix(account: &str) -> String {
    format!("account:{account}:")
}

/// What a transaction that reads a user and then decides takes in [`regain_store::Tx::lock`].
pub fn user_lock(user_id: Uuid) -> String {
    format!("user:{user_id}")
}

/// What a transaction that counts for an account takes in [`regain_store::Tx::lock`]; before [`user_lock`].
pub fn account_lock(account: &str) -> String {
    format!("account:{account}")
}
