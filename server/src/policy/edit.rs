//! Saving a tab's settings: what the portal and the command line share.

use regain_core::form::{FieldProblem, FormState};
use regain_core::method::{Method, MethodSet};
use regain_core::policy::{Available, Change, Migration, ResetPolicy, Scope, Tab, changes, edit, field};
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
        let available = engine.available(tx).await?;
        if tab == Tab::AuthenticationMethods && available.governed.migration == Migration::Complete {
            problems.extend(keep_boxes(&current.policy, &mut policy));
        }
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
        let available = Available::of(MethodSet::ALL);
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

/// Once the migration is complete the boxes are read-only, security questions aside (R245). A browser posts none of
/// them then; whoever posts other ones than are saved is refused.
fn keep_boxes(saved: &ResetPolicy, wanted: &mut ResetPolicy) -> Option<FieldProblem> {
    let questions = MethodSet::of(&[Method::SecurityQuestions]);
    let (kept, typed) = (saved.methods.minus(questions), wanted.methods.minus(questions));
    wanted.methods = kept.union(wanted.methods.intersect(questions));
    let changes_them = !typed.is_empty() && typed != kept;
    changes_them.then(|| FieldProblem::new(field::METHODS, "methods-governed"))
}

async fn group_is_gone(tx: &mut dyn Tx, scope: &Scope) -> Result<bool> {
    let Some(group) = scope.group() else { return Ok(false) };
    match group.parse() {
        Ok(id) => Ok(tx.group(id).await?.is_none()),
        Err(_) => Ok(true),
    }
}

/// The name of a group, or its id once it is gone.
pub(crate) async fn group_name(tx: &mut dyn Tx, id: &str) -> Result<String> {
    let group = match id.parse() {
        Ok(id) => tx.group(id).await?,
        Err(_) => None,
    };
    Ok(group.map_or_else(|| id.to_owned(), |group| group.name))
}
