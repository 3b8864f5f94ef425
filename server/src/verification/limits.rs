//! The keys under which limits count. Everything of an account begins alike, so that one call clears it.

use regain_core::method::Method;
use regain_core::network::Source;

use super::{Asker, Purpose};
use crate::account_key::counter_key;

fn of(account: &str, purpose: Purpose) -> String {
    counter_key(account, purpose.as_str()) + ":"
}

/// Failed proofs; its lock is the recovery lock.
pub(super) fn failed(account: &str, purpose: Purpose) -> String {
    of(account, purpose) + "failed"
}

pub(super) fn failed_by_method(asker: &Asker<'_>, method: &str) -> String {
    of(asker.account, asker.purpose) + "failed:" + method
}

pub(super) fn failed_by_source(source: Source) -> String {
    format!("source:{}:failed", source.key())
}

/// Failed proofs of everybody: a spray over many accounts shows here.
pub(super) const SYSTEM_FAILED: &str = "system:failed";

pub(super) fn sends(asker: &Asker<'_>, method: Method, window: &str) -> String {
    of(asker.account, asker.purpose) + "sent:" + method.as_str() + ":" + window
}

/// Its lock is the gap until the next code.
pub(super) fn gap(asker: &Asker<'_>, method: Method) -> String {
    of(asker.account, asker.purpose) + "gap:" + method.as_str()
}

pub(super) fn requests(asker: &Asker<'_>, method: Method) -> String {
    of(asker.account, asker.purpose) + "asked:" + method.as_str()
}

/// Requests to authenticators, for whatever purpose: a person is disturbed so often and no more.
pub(super) fn pushes(account: &str) -> String {
    counter_key(account, "pushed")
}

pub(super) fn unanswered(account: &str) -> String {
    counter_key(account, "unanswered")
}

pub(super) fn pairings(account: &str) -> String {
    counter_key(account, "paired")
}

/// Keyed by a keyed hash: a list of counters must not be a list of addresses.
pub(super) fn destination(hashed: &str, window: &str) -> String {
    format!("to:{hashed}:{window}")
}
