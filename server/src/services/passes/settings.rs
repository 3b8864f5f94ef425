//! *Temporary Access Pass* in the authentication methods policy.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::pages::admin::authentication_methods_policy::temporary_pass::PATH;
use regain_app::services::passes::PassSettingsView;
use regain_app::visit::Visit;
use regain_core::form::FormState;
use regain_core::role::Right;
use regain_core::temporary_pass::{PassSettings, changes, edit};

use crate::audit::{activity, service};
use crate::engine::Engine;
use crate::people::Actor;
use crate::policy;
use crate::services::failure;
use crate::services::settings::{SettingsPage, conflict, tell_of_weaker};
use crate::temporary_pass::SETTINGS;

const PAGE: SettingsPage = SettingsPage {
    name: "temporary-access-pass",
    path: PATH,
    right: Right::SavePolicy,
    service: service::METHODS,
    activity: activity::METHODS_POLICY,
};

pub(super) async fn read(engine: &Engine, visit: &Visit) -> Result<PassSettingsView, Failure> {
    engine.admin_gate(visit, Right::ReadPolicy)?;
    let mut tx = engine.store.read().await.map_err(failure)?;
    let (settings, version) = policy::document(&mut *tx, SETTINGS).await.map_err(failure)?;
    Ok(PassSettingsView { settings, version, may_save: visit.may(PAGE.right) })
}

pub(super) async fn save(engine: &Engine, visit: &Visit, version: &str, typed: FormState) -> Answer {
    PAGE.gate(engine, visit).await?;
    let mut tx = engine.store.write().await.map_err(failure)?;
    tx.lock(SETTINGS).await.map_err(failure)?;
    let (saved, current): (PassSettings, i64) =
        policy::document(&mut *tx, SETTINGS).await.map_err(failure)?;
    let mut wanted = saved.clone();
    let mut problems = edit(&mut wanted, &typed);
    let changes = changes(&saved, &wanted);
    if version != current.to_string() && !(changes.is_empty() && problems.is_empty()) {
        problems = conflict(visit, &changes);
    }
    if !problems.is_empty() {
        return PAGE.refuse(engine, visit, tx, PATH.to_owned(), FormState { problems, ..typed }).await;
    }
    let actor = Actor::Administrator(visit);
    if !changes.is_empty() {
        let now = engine.now();
        policy::save_document(&mut *tx, SETTINGS, &wanted, current, now).await.map_err(failure)?;
        tell_of_weaker(engine, &mut *tx, &changes, &actor).await.map_err(failure)?;
    }
    tx.append(&PAGE.saved(engine, &actor, &changes)).await.map_err(failure)?;
    tx.commit().await.map_err(failure)?;
    Ok(Outcome::go(format!("{PATH}?saved")))
}
