//! The policy tabs, for administrators.

use async_trait::async_trait;
use regain_core::form::FormState;
use regain_core::method::MethodSet;
use regain_core::policy::{AdministratorPolicy, Migration, ResetPolicy, Tab};

use super::usage::Covered;
use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// The reset policy as a tab shows it.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What is saved.
    pub policy: ResetPolicy,
    /// Counts the saves; a form posts the one it was made from.
    pub version: i64,
    /// Whether the signed-in person may save the tab.
    pub may_save: bool,
    /// The methods that are built and whose channel is set up.
    pub working: MethodSet,
    /// Which policy counts for reset.
    pub migration: Migration,
}

/// A number of rows that was not counted beyond a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many, at most the limit.
    pub number: i64,
    /// There may be more.
    pub more: bool,
}

/// A group that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupChoice {
    /// Row id, as text.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its description; may be empty.
    pub description: String,
}

/// The chosen group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenGroup {
    /// Which.
    pub group: GroupChoice,
    /// People in it, those of nested groups included.
    pub people: i64,
    /// People who are in it directly.
    pub direct: i64,
}

/// *Properties*.
#[derive(Clone, Debug)]
pub struct Properties {
    /// The policy.
    pub settings: Settings,
    /// The group the form shows, if it exists.
    pub group: Option<ChosenGroup>,
    /// How many people are in scope, registered, ready as it is saved; `None` while they are being counted.
    pub covered: Option<Covered>,
}

/// What *Select group* found.
#[derive(Clone, Debug)]
pub struct GroupChoices {
    /// By name.
    pub groups: Vec<GroupChoice>,
    /// There are more than are shown.
    pub more: bool,
}

/// *Administrator policy*.
#[derive(Clone, Debug)]
pub struct Administrators {
    /// What is saved.
    pub policy: AdministratorPolicy,
    /// Counts the saves.
    pub version: i64,
    /// Whether the signed-in person may save it.
    pub may_save: bool,
    /// The methods that are built and whose channel is set up.
    pub working: MethodSet,
}

/// The policy tabs, for administrators. Reading needs the right to read the policy. Every save, done or refused, is
/// audited; a save from an older version is refused and tells what is saved now.
#[async_trait]
pub trait PolicyAdmin: Send + Sync {
    /// The policy, for the tab.
    async fn settings(&self, visit: &Visit, tab: Tab) -> Result<Settings, Failure>;
    /// The policy for *Properties*, with `group` in the place of the saved group if the form has another.
    async fn properties(&self, visit: &Visit, group: Option<String>) -> Result<Properties, Failure>;
    /// Groups whose name or description contains `search`.
    async fn groups(&self, visit: &Visit, search: &str) -> Result<GroupChoices, Failure>;
    /// The administrators' policy.
    async fn administrators(&self, visit: &Visit) -> Result<Administrators, Failure>;
    /// Saves one tab.
    async fn save(&self, visit: &Visit, tab: Tab, version: &str, typed: FormState) -> Answer;
    /// Chooses security questions: `chosen` are the ids to keep, `own` is a further question or empty. `draft` is the
    /// query that leads back to the tab.
    async fn save_questions(&self, visit: &Visit, version: &str, typed: FormState, draft: &str) -> Answer;
    /// Saves the administrators' policy.
    async fn save_administrators(&self, visit: &Visit, version: &str, typed: FormState) -> Answer;
}
