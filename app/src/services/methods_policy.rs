//! *Authentication methods policy*, for administrators.

use async_trait::async_trait;
use regain_core::form::FormState;
use regain_core::method::MethodSet;
use regain_core::policy::{MethodRules, Migration, PolicyMethod};

use super::policy::{GroupChoice, GroupChoices};
use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// A method with its rules.
#[derive(Clone, Debug)]
pub struct Line {
    /// Which.
    pub method: PolicyMethod,
    /// For what and for whom it is on.
    pub rules: MethodRules,
    /// Whether it is built and its channel set up.
    pub works: bool,
}

/// The list of methods, and the second factor at sign-in.
#[derive(Clone, Debug)]
pub struct Lines {
    /// Every method, strongest first.
    pub lines: Vec<Line>,
    /// Which policy counts for reset.
    pub migration: Migration,
    /// What holds for all methods together, as the form shows it.
    pub common: FormState,
    /// Counts the saves.
    pub version: i64,
    /// Whether the signed-in person may save.
    pub may_save: bool,
}

/// One method's page.
#[derive(Clone, Debug)]
pub struct MethodView {
    /// The method.
    pub line: Line,
    /// The groups that its rules or the form name, as far as they exist.
    pub groups: Vec<GroupChoice>,
    /// Which policy counts for reset.
    pub migration: Migration,
    /// Counts the saves.
    pub version: i64,
    /// Whether the signed-in person may save.
    pub may_save: bool,
}

/// What *Select groups* shows.
#[derive(Clone, Debug)]
pub struct GroupPicks {
    /// What is chosen already.
    pub chosen: Vec<GroupChoice>,
    /// What else matches the search.
    pub found: GroupChoices,
}

/// What the guide proposes for a method.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The method.
    pub line: Line,
    /// A check box of the reset policy stands for it and is ticked.
    pub ticked: bool,
    /// The guide turns it on unless it is unticked.
    pub proposed: bool,
}

/// *Manage migration*, and its guide.
#[derive(Clone, Debug)]
pub struct MigrationView {
    /// Which policy counts for reset.
    pub migration: Migration,
    /// The state that the installation began in.
    pub began: Migration,
    /// The methods that people can reset with now.
    pub methods: MethodSet,
    /// One for each method.
    pub proposals: Vec<Proposal>,
    /// Whether calls to office phones are proposed.
    pub office: bool,
    /// Counts the saves.
    pub version: i64,
    /// Whether the signed-in person may save.
    pub may_save: bool,
}

/// The authentication methods policy. Reading needs the right to read the policy, saving the right to save it. Every
/// save, done or refused, is audited; a save from an older version is refused and tells what is saved now.
#[async_trait]
pub trait MethodsPolicyAdmin: Send + Sync {
    /// The list.
    async fn lines(&self, visit: &Visit) -> Result<Lines, Failure>;
    /// One method, by its name; `groups` are named by a form that is not saved.
    async fn method(&self, visit: &Visit, name: &str, groups: &[String]) -> Result<MethodView, Failure>;
    /// Groups to choose among, and those that are chosen.
    async fn groups(&self, visit: &Visit, search: &str, chosen: &[String]) -> Result<GroupPicks, Failure>;
    /// The state of the migration, and what the guide proposes.
    async fn migration(&self, visit: &Visit) -> Result<MigrationView, Failure>;
    /// Saves one method.
    async fn save_method(&self, visit: &Visit, name: &str, version: &str, typed: FormState) -> Answer;
    /// Saves what holds for all methods together.
    async fn save_common(&self, visit: &Visit, version: &str, typed: FormState) -> Answer;
    /// Saves the state of the migration.
    async fn save_migration(&self, visit: &Visit, version: &str, typed: FormState) -> Answer;
    /// Ends the guide: the chosen methods are on, and only this policy counts.
    async fn migrate(&self, visit: &Visit, version: &str, typed: FormState) -> Answer;
}
