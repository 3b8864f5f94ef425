//! The keys under which limits count. Everything of an account begins alike, so that one call clears it.

use regain_core::method::Method;
use regain_core::network::Source;

use super::{Asker, Purpose};
use crate::account_key::counter_key;

/// Strangers and browsers that are known as the person's count apart.
fn of(account: &str, purpose: Purpose, known_browser: bool) -> String {
    counter_key(account, purpose.as_str()) + if known_browser { ":known:" } else { ":" }
}

fn of_asker(asker: &Asker<'_>) -> String {
    of(asker.account, asker.purpose, asker.known_browser)
}

/// Failed proofs; its lock is the recovery lock.
pub(super) fn failed(account: &str, purpose: Purpose, known_browser: bool) -> String {
    of(account, purpose, known_browser) + "failed"
}

pub(super) fn failed_by_method(asker: &Asker<'_>, method: &str) -> String {
    of_asker(asker) + "failed:" + method
}

/// Its lock is the one that a report made: for strangers and known browsers alike.
pub(super) fn reported(account: &str, purpose: Purpose) -> String {
    of(account, purpose, false) + "reported"
}

/// The keys whose locks close recovery for an account: wrong answers, of strangers and of known browsers apart; a report.
pub(crate) fn recovery_keys(account: &str) -> [String; 3] {
    let failed = [false, true].map(|known| failed(account, Purpose::Recovery, known));
    let [strangers, known] = failed;
    [strangers, known, reported(account, Purpose::Recovery)]
}

/// Mails to the owner that it was locked. Released locks do not clear it: whoever locks it again mails nobody again.
pub(super) fn told_of_lock(account: &str) -> String {
    format!("told:{account}:locked")
}

/// Tries in one reset; its lock is the reset's own.
pub(super) fn tries_of_flow(flow_id: uuid::Uuid) -> String {
    format!("flow:{flow_id}:tries")
}

/// Steps of one reset that were taken, or refused for what was typed.
pub(super) fn steps_of_flow(flow_id: uuid::Uuid) -> String {
    format!("flow:{flow_id}:steps")
}

/// Requests for a code in one reset.
pub(super) fn requests_of_flow(flow_id: uuid::Uuid) -> String {
    format!("flow:{flow_id}:asked")
}

pub(super) fn failed_by_source(source: Source) -> String {
    format!("source:{}:failed", source.key())
}

/// Failed proofs of everybody: a spray over many accounts shows here.
pub(super) const SYSTEM_FAILED: &str = "system:failed";

pub(super) fn sends(asker: &Asker<'_>, method: Method, window: &str) -> String {
    of_asker(asker) + "sent:" + method.as_str() + ":" + window
}

/// Its lock is the gap until the next code.
pub(super) fn gap(asker: &Asker<'_>, method: Method) -> String {
    of_asker(asker) + "gap:" + method.as_str()
}

/// Requests to authenticators, for whatever purpose: strangers disturb a person so often and no more. What the person's
/// own browsers ask, and who is signed in, counts apart.
pub(super) fn pushes(asker: &Asker<'_>) -> String {
    counter_key(asker.account, if asker.is_no_stranger() { "pushed:known" } else { "pushed" })
}

pub(super) fn unanswered(account: &str) -> String {
    counter_key(account, "unanswered")
}

/// Keyed by a keyed hash: a list of counters must not be a list of addresses. For each purpose apart: what others ask for
/// while they register an address takes nothing from whom it belongs to.
pub(super) fn destination(asker: &Asker<'_>, hashed: &str, window: &str) -> String {
    let whose = if asker.known_browser { ":known" } else { "" };
    format!("to:{hashed}:{}{whose}:{window}", asker.purpose.as_str())
}

#[cfg(test)]
mod tests {
    use regain_core::network::Source;

    #[test]
    fn t137_a_network_of_one_customer_is_one_key() {
        let key = |address: &str| Source::Known(address.parse().unwrap()).key();
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_ne!(key("203.0.113.7"), key("203.0.113.8"));
    }
}
