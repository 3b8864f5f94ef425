//! Saving a tab's settings: what the portal and the command line share.

use regain_core::form::{FieldProblem, FormState};
use regain_core::method::{Method, MethodSet};
use regain_core::policy::{Available, Change, ResetPolicy, Scope, Tab, changes, edit, field};
use regain_store::{Result, Tx};

use super::Current;
use crate::engine::Engine;

/// The lock that every save of the reset policy holds.
pub const LOCK: &str = "policy";

/// What was typed for a tab, on top of what is saved.
pub struct Edited {
    /// The policy with it.
    pub policy: ResetPolicy,
    /// What that changes. A group stands under its name.
    pub changes: Vec<Change>,
    /// Why it cannot be saved; empty when it can.
    pub problems: Vec<FieldProblem>,
}

impl Edited {
    /// Reads and judges what was typed for `tab`.
    pub async fn of_tab(
        engine: &Engine,
        tx: &mut dyn Tx,
        current: &Current,
        tab: Tab,
        typed: &FormState,
    ) -> Result<Self> {
        let mut policy = current.policy.clone();
        let mut problems = edit(&mut policy, tab, typed);
        let available = Available { methods: engine.working_methods() };
        problems.extend(policy.validate_tab(tab, &available).err().unwrap_or_default());
        if tab == Tab::Properties && group_is_gone(tx, &policy.scope).await? {
            problems.push(FieldProblem::new(field::GROUP, "group-gone"));
        }
        Self::new(tx, current, policy, problems).await
    }

    /// Judges a choice of security questions. Fewer than people must register is refused only while the method is on.
    pub async fn of_questions(tx: &mut dyn Tx, current: &Current, policy: ResetPolicy) -> Result<Self> {
        let is_on = policy.methods.contains(Method::SecurityQuestions);
        let mut ticked = policy.clone();
        ticked.methods.insert(Method::SecurityQuestions);
        let available = Available { methods: MethodSet::ALL };
        let mut problems =
            ticked.validate_tab(Tab::AuthenticationMethods, &available).err().unwrap_or_default();
        problems.retain(|problem| {
            problem.field == field::QUESTIONS && (is_on || problem.code != "questions-too-few")
        });
        Self::new(tx, current, policy, problems).await
    }

    async fn new(
        tx: &mut dyn Tx,
        current: &Current,
        policy: ResetPolicy,
        problems: Vec<FieldProblem>,
    ) -> Result<Self> {
        let mut changes = changes(&current.policy, &policy);
        for change in changes.iter_mut().filter(|change| change.property == field::GROUP) {
            change.old = group_name(tx, &change.old).await?;
            change.new = group_name(tx, &change.new).await?;
        }
        Ok(Self { policy, changes, problems })
    }

    /// Writes the policy, if anything changed.
    pub async fn write(&self, engine: &Engine, tx: &mut dyn Tx, current: &Current) -> Result<()> {
        if self.changes.is_empty() {
            return Ok(());
        }
        super::save(tx, current, &self.policy, engine.new_id(), engine.now()).await
    }
}

async fn group_is_gone(tx: &mut dyn Tx, scope: &Scope) -> Result<bool> {
    let Some(group) = scope.group() else { return Ok(false) };
    match group.parse() {
        Ok(id) => Ok(tx.group(id).await?.is_none()),
        Err(_) => Ok(true),
    }
}

/// The name of a group, or its id once it is gone.
async fn group_name(tx: &mut dyn Tx, id: &str) -> Result<String> {
    let group = match id.parse() {
        Ok(id) => tx.group(id).await?,
        Err(_) => None,
    };
    Ok(group.map_or_else(|| id.to_owned(), |group| group.name))
}
