//! For how many days records are kept.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::pages::admin::audit_logs::retention::PATH;
use regain_app::services::audit::RetentionView;
use regain_app::visit::Visit;
use regain_core::form::FormState;
use regain_core::policy::Change;
use regain_core::role::Right;

use crate::audit::retention::{KeptDays, SETTINGS};
use crate::audit::{activity, service};
use crate::engine::Engine;
use crate::people::Actor;
use crate::policy;
use crate::services::failure;
use crate::services::settings::{SettingsPage, conflict, tell_of_weaker};

const PAGE: SettingsPage = SettingsPage {
    name: "audit-log",
    path: PATH,
    right: Right::SetRetention,
    service: service::PASSWORD,
    activity: activity::POLICY,
};

pub(super) async fn read(engine: &Engine, visit: &Visit) -> Result<RetentionView, Failure> {
    engine.admin_gate(visit, Right::ReadAudit)?;
    let mut tx = engine.store.read().await.map_err(failure)?;
    let (kept, version): (KeptDays, i64) = policy::document(&mut *tx, SETTINGS).await.map_err(failure)?;
    let (least, most) = KeptDays::ALLOWED.into_inner();
    Ok(RetentionView { days: kept.days(), least, most, version, may_save: visit.may(PAGE.right) })
}

pub(super) async fn save(engine: &Engine, visit: &Visit, version: &str, typed: FormState) -> Answer {
    PAGE.gate(engine, visit).await?;
    let mut tx = engine.store.write().await.map_err(failure)?;
    tx.lock(SETTINGS).await.map_err(failure)?;
    let (saved, current): (KeptDays, i64) = policy::document(&mut *tx, SETTINGS).await.map_err(failure)?;
    let (wanted, mut problems) = match KeptDays::parse(typed.value(SETTINGS)) {
        Ok(wanted) => (wanted, Vec::new()),
        Err(problem) => (saved, vec![problem]),
    };
    let changes: Vec<Change> = saved.change_to(wanted).into_iter().collect();
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
