//! Saving one method, and the second factor at sign-in.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::pages::admin::authentication_methods_policy::{PATH, path_of};
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};
use regain_core::policy::methods_field as field;
use regain_core::policy::{
    AuthenticationMethodsPolicy, Change, PolicyMethod, Purpose, ResetPolicy, common_changes, edit_common,
    edit_rules, rules_changes,
};
use regain_core::role::Right;
use regain_store::{Result, Tx};
use uuid::Uuid;

use crate::audit::{Build as _, activity, service};
use crate::engine::Engine;
use crate::people::Actor;
use crate::policy::edit::{LOCK, group_name};
use crate::policy::{self, METHODS};
use crate::services::failure;
use crate::services::settings::{SettingsPage, conflict, tell_of_weaker};

/// Who may save the policy.
pub(super) const RIGHT: Right = Right::SavePolicy;

/// A page of the policy, under the name that the audit log knows it by.
pub(crate) const fn page(name: &'static str) -> SettingsPage {
    SettingsPage {
        name,
        path: PATH,
        right: RIGHT,
        service: service::METHODS,
        activity: activity::METHODS_POLICY,
    }
}

/// What the audit log calls the settings that hold for all methods together.
pub(crate) const COMMON_PAGE: &str = "second-factor";

/// A save under way: what is saved now, and what is to be.
pub(super) struct Saving<'a> {
    engine: &'a Engine,
    visit: &'a Visit,
    page: SettingsPage,
    /// The page that shows a refusal.
    shown_at: String,
    tx: Box<dyn Tx>,
    /// What is saved, and its version.
    pub(super) saved: (AuthenticationMethodsPolicy, i64),
    /// The reset policy, whose check boxes count beside it.
    pub(super) reset: ResetPolicy,
}

impl<'a> Saving<'a> {
    /// Begins, for whoever may save. Both policies are saved under one lock: each is judged with the other.
    pub(super) async fn begin(
        engine: &'a Engine,
        visit: &'a Visit,
        page: SettingsPage,
        shown_at: String,
    ) -> std::result::Result<Self, Failure> {
        page.gate(engine, visit).await?;
        let mut tx = engine.store.write().await.map_err(failure)?;
        tx.lock(LOCK).await.map_err(failure)?;
        let saved = policy::document(&mut *tx, METHODS).await.map_err(failure)?;
        let reset = policy::current(&mut *tx).await.map_err(failure)?.policy;
        Ok(Self { engine, visit, page, shown_at, tx, saved, reset })
    }

    /// Refuses: nothing is changed, and the page shows what was typed.
    pub(super) async fn refuse(self, typed: FormState, problems: Vec<FieldProblem>) -> Answer {
        let form = FormState { problems, ..typed };
        self.page.refuse(self.engine, self.visit, self.tx, self.shown_at, form).await
    }

    /// Saves `wanted`, if it is sound and made from what is saved now. `at` is the field that a policy that cannot be
    /// met is told at.
    pub(super) async fn end(
        mut self,
        wanted: AuthenticationMethodsPolicy,
        save: Save,
        version: &str,
        typed: FormState,
    ) -> Answer {
        let (old, current) = self.saved.clone();
        let mut changes = save.changes;
        name_groups(&mut *self.tx, &mut changes).await.map_err(failure)?;
        let mut problems = save.problems;
        if version != current.to_string() && !(changes.is_empty() && problems.is_empty()) {
            problems = conflict(self.visit, &changes);
        } else if problems.is_empty() {
            problems = self.obstacles(&old, &wanted, save.at);
        }
        if !problems.is_empty() {
            return self.refuse(typed, problems).await;
        }
        let actor = Actor::Administrator(self.visit);
        if !changes.is_empty() {
            let now = self.engine.now();
            policy::save_methods(&mut *self.tx, &wanted, current, now).await.map_err(failure)?;
        }
        tell_of_weaker(self.engine, &mut *self.tx, &changes, &actor).await.map_err(failure)?;
        let mut record = self.page.saved(self.engine, &actor, &changes);
        if !save.reason.is_empty() {
            record = record.because(&save.reason);
        }
        self.tx.append(&record).await.map_err(failure)?;
        self.tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(format!("{}?saved", save.leads_to)))
    }

    /// Why the policy could not be met, as far as this save makes it so.
    fn obstacles(
        &self,
        old: &AuthenticationMethodsPolicy,
        wanted: &AuthenticationMethodsPolicy,
        at: &'static str,
    ) -> Vec<FieldProblem> {
        let (working, deliveries) = (self.engine.working_methods(), self.engine.working_deliveries());
        let (was, is) = (old.governs(), wanted.governs());
        let boxes = self.reset.methods;
        let at_reset = if was.methods(boxes) == is.methods(boxes) && was.migration == is.migration {
            None
        } else {
            is.obstacle(&self.reset, working, deliveries)
        };
        let changes_sign_in = old.second_factor != wanted.second_factor
            || old.possible(Purpose::SignIn) != wanted.possible(Purpose::SignIn);
        let at_sign_in =
            wanted.obstacle_at_sign_in(working, deliveries).filter(|_| changes_sign_in).map(|code| {
                let field =
                    if at == field::of(Purpose::Reset).on { field::of(Purpose::SignIn).on } else { at };
                (field, code)
            });
        let all = at_reset.map(|code| (at, code)).into_iter().chain(at_sign_in);
        all.map(|(field, code)| FieldProblem::new(field, &format!("leaves-{code}"))).collect()
    }
}

/// What a save is about.
pub(super) struct Save {
    /// What it changes; groups by their ids.
    pub(super) changes: Vec<Change>,
    /// What is wrong with what was typed.
    pub(super) problems: Vec<FieldProblem>,
    /// The field at which a policy that cannot be met is told.
    pub(super) at: &'static str,
    /// The page that tells that it is saved.
    pub(super) leads_to: String,
    /// Why, in the administrator's words; may be empty.
    pub(super) reason: String,
}

/// Saves the rules of one method.
pub(super) async fn method(
    engine: &Engine,
    visit: &Visit,
    name: &str,
    version: &str,
    typed: FormState,
) -> Answer {
    let Ok(method) = name.parse::<PolicyMethod>() else {
        // Who may not save learns no more from this than from a method that exists.
        page("authentication-methods-policy").gate(engine, visit).await?;
        return Err(Failure::NotFound);
    };
    let (path, typed) = (path_of(method), canonical(typed));
    let mut saving = Saving::begin(engine, visit, page(method.as_str()), path.clone()).await?;
    let old = saving.saved.0.rules(method);
    let mut rules = old.clone();
    let mut problems = edit_rules(method, &mut rules, &typed);
    problems.extend(
        gone(&mut *saving.tx, &rules.groups().map(ToOwned::to_owned).collect::<Vec<_>>(), &typed)
            .await
            .map_err(failure)?,
    );
    let changes = rules_changes(method, &old, &rules);
    let mut wanted = saving.saved.0.clone();
    wanted.set_rules(method, rules);
    let at = field::of(Purpose::Reset).on;
    let save = Save { changes, problems, at, leads_to: path, reason: String::new() };
    saving.end(wanted, save, version, typed).await
}

/// Saves what holds for all methods together.
pub(super) async fn common(engine: &Engine, visit: &Visit, version: &str, typed: FormState) -> Answer {
    let saving = Saving::begin(engine, visit, page(COMMON_PAGE), PATH.to_owned()).await?;
    let mut wanted = saving.saved.0.clone();
    let problems = edit_common(&mut wanted, &typed);
    let changes = common_changes(&saving.saved.0, &wanted);
    let at = field::SECOND_FACTOR;
    let save = Save { changes, problems, at, leads_to: PATH.to_owned(), reason: String::new() };
    saving.end(wanted, save, version, typed).await
}

/// One setting's change, if it is one.
pub(super) fn change(property: &str, old: &str, new: &str) -> Vec<Change> {
    let change = Change { property: property.to_owned(), old: old.to_owned(), new: new.to_owned() };
    if old == new { Vec::new() } else { vec![change] }
}

/// The same form with each group's id in its one spelling, by which members are found.
fn canonical(mut typed: FormState) -> FormState {
    for list in field::GROUP_LISTS {
        for group in typed.values.get_mut(list).into_iter().flatten() {
            if let Ok(id) = group.parse::<Uuid>() {
                *group = id.to_string();
            }
        }
    }
    typed
}

/// Typed groups that do not exist, at the lists that name them.
async fn gone(tx: &mut dyn Tx, groups: &[String], typed: &FormState) -> Result<Vec<FieldProblem>> {
    let mut problems = Vec::new();
    for list in field::GROUP_LISTS {
        for group in typed.values(list).iter().filter(|group| groups.contains(group)) {
            let known = match group.parse::<Uuid>() {
                Ok(id) => tx.group(id).await?.is_some(),
                Err(_) => false,
            };
            if !known {
                problems.push(FieldProblem::new(list, "group-gone"));
                break;
            }
        }
    }
    Ok(problems)
}

/// Puts names in the place of groups' ids.
async fn name_groups(tx: &mut dyn Tx, changes: &mut [Change]) -> Result<()> {
    for change in changes.iter_mut().filter(|change| field::GROUP_LISTS.contains(&change.property.as_str())) {
        for value in [&mut change.old, &mut change.new] {
            let mut names = Vec::new();
            for id in value.split(", ").filter(|id| !id.is_empty()) {
                names.push(group_name(tx, id).await?);
            }
            *value = names.join(", ");
        }
    }
    Ok(())
}
