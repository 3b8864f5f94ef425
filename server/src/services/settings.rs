//! What every page of settings does the same way: who may save, what is written down, who is told.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::text::{Locale, exists, text};
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::Method;
use regain_core::policy::{Change, field};
use regain_core::role::{Right, Role};
use regain_store::{AuditRecord, Result, Tx};

use super::failure;
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::messages::Notice;
use crate::people::{Actor, NOT_ALLOWED, problem_sentence};
use crate::person::Person;

/// At most this many Global Administrators are told of a weaker setting.
const MAX_TOLD: i64 = 100;

/// A page of settings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SettingsPage {
    /// Its name in the audit log, which is the last part of its address.
    pub(crate) name: &'static str,
    /// Its address.
    pub(crate) path: &'static str,
    /// Who may save it.
    pub(crate) right: Right,
    /// The service it belongs to in the audit log.
    pub(crate) service: &'static str,
    /// What saving it is called there.
    pub(crate) activity: &'static str,
}

impl SettingsPage {
    /// A page of the reset policy.
    pub(crate) const fn new(name: &'static str, path: &'static str, right: Right) -> Self {
        Self { name, path, right, service: service::PASSWORD, activity: activity::POLICY }
    }

    /// The same page, saved from the command line: whoever has a shell on the server may.
    pub(crate) const fn of_command_line(name: &'static str) -> Self {
        Self::new(name, "", Right::SavePolicy)
    }

    /// Lets pass who may save and showed a second factor a moment ago. A refusal is written down (R23).
    pub(crate) async fn gate(self, engine: &Engine, visit: &Visit) -> std::result::Result<(), Failure> {
        match engine.admin_gate(visit, self.right) {
            Ok(_) if !engine.is_fresh_enough(visit) => Err(Failure::StepUp),
            Ok(_) => Ok(()),
            Err(Failure::Forbidden) => {
                let record = self.refusal(engine, visit, NOT_ALLOWED);
                engine.note_denied(visit, &record).await.map_err(failure)?;
                Err(Failure::Forbidden)
            }
            Err(other) => Err(other),
        }
    }

    /// Ends a refused save: it is written down, and the page shows what was typed.
    pub(crate) async fn refuse(
        self,
        engine: &Engine,
        visit: &Visit,
        mut tx: Box<dyn Tx>,
        path: String,
        form: FormState,
    ) -> Answer {
        let codes: Vec<_> = form.problems.iter().map(|problem| problem.code.as_str()).collect();
        let reason = form.problems.first().map(problem_sentence).unwrap_or_default();
        let record = self.refusal(engine, visit, &reason);
        tx.append(&record.detail("refused", codes)).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::refused(path, form))
    }

    fn refusal(self, engine: &Engine, visit: &Visit, reason: &str) -> AuditRecord {
        let record = audit::failure(self.service, self.activity, reason);
        record.seen(engine, visit).on("policy", self.name, self.name)
    }

    /// The record of a save, with old and new value of everything that changed.
    pub(crate) fn saved(self, engine: &Engine, actor: &Actor<'_>, changes: &[Change]) -> AuditRecord {
        let record = audit::success(self.service, self.activity).on("policy", self.name, self.name);
        actor.sign(engine, record).detail("changes", serde_json::json!(changes))
    }
}

/// The problems of a save that came too late: what is saved now where it differs from what was typed (T78).
pub(crate) fn conflict(visit: &Visit, changes: &[Change]) -> Vec<FieldProblem> {
    let differ = changes.iter().map(|change| {
        FieldProblem::new(&change.property, "settings-differ")
            .with("setting", &setting_text(visit.locale, &change.property))
            .with("value", &value_text(visit.locale, change))
    });
    std::iter::once(FieldProblem::new("", "settings-changed")).chain(differ).collect()
}

fn setting_text(locale: Locale, property: &str) -> String {
    text(locale, &format!("policy-setting-{property}"), &[])
}

/// The old value of a change, in words.
fn value_text(locale: Locale, change: &Change) -> String {
    let word = |name: &str| {
        let key = format!("policy-choice-{name}");
        if exists(&key) { text(locale, &key, &[]) } else { name.to_owned() }
    };
    match change.property.as_str() {
        _ if change.old.is_empty() => text(locale, "policy-value-empty", &[]),
        field::METHODS => {
            let names = change.old.split(", ").filter_map(|name| name.parse::<Method>().ok());
            let names = names.map(|method| text(locale, &format!("policy-method-{method}"), &[]));
            names.collect::<Vec<_>>().join(", ")
        }
        field::GROUP => change.old.clone(),
        _ => word(&change.old),
    }
}

/// Tells every Global Administrator of settings that protect people less than before (T115).
pub(crate) async fn tell_of_weaker(
    engine: &Engine,
    tx: &mut dyn Tx,
    changes: &[Change],
    actor: &Actor<'_>,
) -> Result<()> {
    let weaker: Vec<_> = changes.iter().filter(|change| change.weakens()).collect();
    if weaker.is_empty() {
        return Ok(());
    }
    let who = match actor {
        Actor::Administrator(visit) => visit.session.as_ref().map(|session| session.upn.clone()),
        Actor::Console { name, .. } => Some((*name).to_owned()),
    };
    for user in tx.role_holders(Role::GlobalAdministrator.as_str(), MAX_TOLD).await? {
        let locale = user.locale.as_deref().and_then(Locale::from_tag).unwrap_or_default();
        let lines: Vec<_> = weaker.iter().map(|change| line(locale, change)).collect();
        let name = user.display_name.clone();
        let notice = Notice {
            to: &Person::of(engine, tx, user).await?.notice_addresses(),
            template: "notice-settings-weaker",
            params: &[
                ("name", name),
                ("who", who.clone().unwrap_or_default()),
                ("changes", lines.join("\n")),
            ],
            locale: locale.tag(),
            support_code: actor.support_code(),
        };
        engine.enqueue_notice(tx, &notice).await?;
    }
    Ok(())
}

fn line(locale: Locale, change: &Change) -> String {
    let new = Change { old: change.new.clone(), ..change.clone() };
    let (old, new) = (value_text(locale, change), value_text(locale, &new));
    format!("{}: {old} → {new}", setting_text(locale, &change.property))
}
