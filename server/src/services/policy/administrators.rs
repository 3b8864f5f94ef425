//! The administrators' policy: one switch.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::pages::admin::password_reset::administrator_policy::{ENABLED, PATH};
use regain_app::services::policy::Administrators;
use regain_app::visit::Visit;
use regain_core::form::FormState;
use regain_core::policy::{AdministratorPolicy, Change, parse_yes_no, yes_no};
use regain_core::role::Right;

use crate::engine::Engine;
use crate::people::Actor;
use crate::policy::{self, ADMINISTRATORS};
use crate::services::failure;
use crate::services::settings::{SettingsPage, conflict, tell_of_weaker};

const PAGE: SettingsPage = SettingsPage::new("administrator-policy", PATH, Right::SaveAdministratorPolicy);

/// What the page shows.
pub(super) async fn read(engine: &Engine, visit: &Visit) -> Result<Administrators, Failure> {
    engine.admin_gate(visit, Right::ReadPolicy)?;
    let mut tx = engine.store.read().await.map_err(failure)?;
    let (policy, version) = policy::document(&mut *tx, ADMINISTRATORS).await.map_err(failure)?;
    let (may_save, working) = (visit.may(PAGE.right), engine.working_methods());
    Ok(Administrators { policy, version, may_save, working })
}

/// Turns reset for administrators on or off.
pub(super) async fn save(engine: &Engine, visit: &Visit, version: &str, typed: FormState) -> Answer {
    let actor = Actor::Administrator(visit);
    PAGE.gate(engine, visit).await?;
    let mut tx = engine.store.write().await.map_err(failure)?;
    tx.lock(ADMINISTRATORS).await.map_err(failure)?;
    let (old, current): (AdministratorPolicy, i64) =
        policy::document(&mut *tx, ADMINISTRATORS).await.map_err(failure)?;
    let enabled = match parse_yes_no(ENABLED, typed.value(ENABLED)) {
        Ok(enabled) => enabled,
        Err(problem) => {
            let form = typed.with_problem(problem);
            return PAGE.refuse(engine, visit, tx, PATH.to_owned(), form).await;
        }
    };
    let changes = changes(old, enabled);
    if version != current.to_string() && !changes.is_empty() {
        let form = FormState { problems: conflict(visit, &changes), ..typed };
        return PAGE.refuse(engine, visit, tx, PATH.to_owned(), form).await;
    }
    if !changes.is_empty() {
        let policy = AdministratorPolicy { enabled };
        let saved = policy::save_document(&mut *tx, ADMINISTRATORS, &policy, current, engine.now()).await;
        saved.map_err(failure)?;
    }
    tell_of_weaker(engine, &mut *tx, &changes, &actor).await.map_err(failure)?;
    tx.append(&PAGE.saved(engine, &actor, &changes)).await.map_err(failure)?;
    tx.commit().await.map_err(failure)?;
    Ok(Outcome::go(format!("{PATH}?saved")))
}

fn changes(old: AdministratorPolicy, enabled: bool) -> Vec<Change> {
    let change = Change {
        property: ENABLED.to_owned(),
        old: yes_no(old.enabled).to_owned(),
        new: yes_no(enabled).to_owned(),
    };
    if old.enabled == enabled { Vec::new() } else { vec![change] }
}
