//! The portal's first page.

use async_trait::async_trait;
use regain_core::method::MethodSet;
use regain_core::policy::ResetPolicy;
use regain_core::time::Timestamp;

use super::policy::{ChosenGroup, Count};
use super::usage::Covered;
use crate::outcome::Failure;
use crate::visit::Visit;

/// Something to set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What.
    pub kind: StepKind,
    /// It is done.
    pub done: bool,
}

/// What there is to set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// The organisation has its own name.
    Name,
    /// Mail can leave.
    Mail,
    /// A second Global Administrator can help the first.
    Administrators,
    /// The ticked methods can prove a person.
    Methods,
    /// Somebody answers *Contact your administrator*.
    Help,
    /// Reset is on for somebody.
    Scope,
}

/// The policy in a few words.
#[derive(Clone, Debug)]
pub struct PolicySummary {
    /// What is saved.
    pub policy: ResetPolicy,
    /// The methods that people can reset with, from whichever policy.
    pub methods: MethodSet,
    /// The chosen group.
    pub group: Option<ChosenGroup>,
    /// How many people are in scope, registered, ready; `None` while they are being counted.
    pub covered: Option<Covered>,
    /// What there is to set up, in the order to do it.
    pub steps: Vec<Step>,
}

/// A proxy that is trusted sends clients' addresses that cannot be read.
#[derive(Clone, Debug)]
pub struct UnreadableAddress {
    /// The proxy.
    pub proxy: String,
    /// What it sent.
    pub said: String,
    /// When last.
    pub at: Timestamp,
}

/// What the signed-in person may know.
#[derive(Clone, Debug)]
pub struct Summary {
    /// For those who may read the policy.
    pub policy: Option<PolicySummary>,
    /// For the same: what is wrong with the proxies in front.
    pub unreadable: Option<UnreadableAddress>,
    /// Everybody, for those who may see users.
    pub users: Option<Count>,
    /// Administrators among them.
    pub administrators: Option<Count>,
    /// By how many seconds the server's own clock is ahead of the time that counts, where that matters; negative: behind.
    pub clock_ahead: Option<i64>,
}

/// The portal's first page, for whoever holds a role.
#[async_trait]
pub trait Overview: Send + Sync {
    /// What is set, what is missing, how many.
    async fn overview(&self, visit: &Visit) -> Result<Summary, Failure>;
}
