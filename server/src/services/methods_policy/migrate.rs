//! The state of the migration, and the guide that completes it.

use regain_app::outcome::Answer;
use regain_app::pages::admin::authentication_methods_policy::{guide, migration};
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::MethodSet;
use regain_core::policy::methods_field as field;
use regain_core::policy::{
    AuthenticationMethodsPolicy, Change, Migration, PolicyMethod, Purpose, parse_yes_no, yes_no,
};

use super::save::{Save, Saving, change, page};
use crate::engine::Engine;

/// The longest reason, in characters.
const REASON_CHARS: usize = 200;

/// Goes to another state of the migration.
pub(super) async fn state(engine: &Engine, visit: &Visit, version: &str, typed: FormState) -> Answer {
    let path = migration::PATH.to_owned();
    let saving = Saving::begin(engine, visit, page("migration"), path.clone()).await?;
    let old = saving.saved.0.clone();
    let reason = typed.value(field::REASON).trim().to_owned();
    let (to, problem) = match typed.value(field::MIGRATION).parse::<Migration>() {
        Ok(to) => (to, problem(&old, to, &reason)),
        Err(_) => {
            let words = Migration::ALL.iter().map(|state| state.as_str());
            (old.migration, Some(FieldProblem::one_of(field::MIGRATION, words)))
        }
    };
    let wanted = AuthenticationMethodsPolicy { migration: to, ..old.clone() };
    let reason = if old.migration.needs_reason(to) { reason } else { String::new() };
    let changes = change(field::MIGRATION, old.migration.as_str(), to.as_str());
    let problems = problem.into_iter().collect();
    let save = Save { changes, problems, at: field::MIGRATION, leads_to: path, reason };
    saving.end(wanted, save, version, typed).await
}

/// Why this state cannot be reached (R246), or not so (R247).
fn problem(policy: &AuthenticationMethodsPolicy, to: Migration, reason: &str) -> Option<FieldProblem> {
    if !Migration::may_become(to, policy.began) {
        return Some(FieldProblem::new(field::MIGRATION, "migration-began"));
    }
    if !policy.migration.needs_reason(to) {
        None
    } else if reason.is_empty() {
        Some(FieldProblem::new(field::REASON, "migration-reason-missing"))
    } else if reason.chars().count() > REASON_CHARS || reason.chars().any(char::is_control) {
        Some(FieldProblem::new(field::REASON, "migration-reason-too-long").with("max", &REASON_CHARS))
    } else {
        None
    }
}

/// Ends the guide: the chosen methods are on for reset, the others off, and only this policy counts.
pub(super) async fn guided(engine: &Engine, visit: &Visit, version: &str, typed: FormState) -> Answer {
    let saving = Saving::begin(engine, visit, page("migration"), guide::PATH.to_owned()).await?;
    let old = saving.saved.0.clone();
    let mut problems = Vec::new();
    let chosen: Result<Vec<PolicyMethod>, _> =
        typed.values(field::CHOSEN).iter().map(|name| name.parse()).collect();
    let chosen = chosen.unwrap_or_else(|_| {
        let words = PolicyMethod::all().map(PolicyMethod::as_str);
        problems.push(FieldProblem::one_of(field::CHOSEN, words));
        Vec::new()
    });
    let office = parse_yes_no(field::OFFICE, typed.value(field::OFFICE)).unwrap_or_else(|problem| {
        problems.push(problem);
        false
    });
    let wanted = old.migrated(saving.reset.methods, &chosen, office);
    let changes = changes(&old, &wanted, saving.reset.methods);
    let leads_to = migration::PATH.to_owned();
    let save = Save { changes, problems, at: field::CHOSEN, leads_to, reason: String::new() };
    saving.end(wanted, save, version, typed).await
}

/// What the guide changes: the state, the methods that people can reset with, and the option of calls.
fn changes(
    old: &AuthenticationMethodsPolicy,
    new: &AuthenticationMethodsPolicy,
    boxes: MethodSet,
) -> Vec<Change> {
    let before = |method: PolicyMethod| old.is_proposed(boxes, method);
    let after = |method: PolicyMethod| new.rules(method).target(Purpose::Reset).on;
    let voice = (old.proposes_office(boxes), new.rules(PolicyMethod::VOICE).office);
    let mut changes = change(field::MIGRATION, old.migration.as_str(), new.migration.as_str());
    changes.extend(change(field::CHOSEN, &names(before), &names(after)));
    changes.extend(change(field::OFFICE, yes_no(voice.0), yes_no(voice.1)));
    changes
}

fn names(on: impl Fn(PolicyMethod) -> bool) -> String {
    let on: Vec<_> = PolicyMethod::all().filter(|method| on(*method)).map(PolicyMethod::as_str).collect();
    on.join(", ")
}
