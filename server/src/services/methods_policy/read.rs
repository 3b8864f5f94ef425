//! What the pages show.

use regain_app::outcome::Failure;
use regain_app::services::methods_policy::{GroupPicks, Line, Lines, MethodView, MigrationView, Proposal};
use regain_app::services::policy::GroupChoice;
use regain_app::visit::Visit;
use regain_core::policy::{AuthenticationMethodsPolicy, MAX_GROUPS, PolicyMethod, typed_common};
use regain_core::role::Right;
use regain_core::text::search_key;
use regain_store::{Result, Tx};
use uuid::Uuid;

use super::super::policy::{choice, find_groups};
use super::save::RIGHT;
use crate::engine::Engine;
use crate::policy::{self, METHODS};
use crate::services::failure;

fn line(engine: &Engine, policy: &AuthenticationMethodsPolicy, method: PolicyMethod) -> Line {
    let (working, deliveries) = (engine.working_methods(), engine.working_deliveries());
    let works = !method.allows(true).carried_out(working, deliveries).is_empty();
    Line { method, rules: policy.rules(method), works }
}

/// Every method.
pub(super) async fn lines(engine: &Engine, visit: &Visit) -> std::result::Result<Lines, Failure> {
    engine.admin_gate(visit, Right::ReadPolicy)?;
    let mut tx = engine.store.read().await.map_err(failure)?;
    let (policy, version): (AuthenticationMethodsPolicy, i64) =
        policy::document(&mut *tx, METHODS).await.map_err(failure)?;
    Ok(Lines {
        lines: PolicyMethod::all().map(|method| line(engine, &policy, method)).collect(),
        migration: policy.migration,
        common: typed_common(&policy),
        version,
        may_save: visit.may(RIGHT),
    })
}

/// One method, with the groups that its rules or the form name.
pub(super) async fn method(
    engine: &Engine,
    visit: &Visit,
    name: &str,
    groups: &[String],
) -> std::result::Result<MethodView, Failure> {
    engine.admin_gate(visit, Right::ReadPolicy)?;
    let method: PolicyMethod = name.parse().map_err(|_| Failure::NotFound)?;
    let mut tx = engine.store.read().await.map_err(failure)?;
    let (policy, version): (AuthenticationMethodsPolicy, i64) =
        policy::document(&mut *tx, METHODS).await.map_err(failure)?;
    let line = line(engine, &policy, method);
    let named = line.rules.groups().chain(groups.iter().map(String::as_str));
    let groups = known(&mut *tx, named).await.map_err(failure)?;
    Ok(MethodView { line, groups, migration: policy.migration, version, may_save: visit.may(RIGHT) })
}

/// What *Select groups* offers: what is chosen, and what else is found.
pub(super) async fn groups(
    engine: &Engine,
    visit: &Visit,
    search: &str,
    chosen: &[String],
) -> std::result::Result<GroupPicks, Failure> {
    let mut found = find_groups(engine, visit, search).await?;
    let mut tx = engine.store.read().await.map_err(failure)?;
    let chosen = known(&mut *tx, chosen.iter().map(String::as_str)).await.map_err(failure)?;
    found.groups.retain(|group| chosen.iter().all(|one| one.id != group.id));
    Ok(GroupPicks { chosen, found })
}

/// Those of the groups that exist, each once. No form names more than all lists together can hold. Nobody is counted:
/// in a large group that takes long.
async fn known(tx: &mut dyn Tx, ids: impl Iterator<Item = &str>) -> Result<Vec<GroupChoice>> {
    let mut wanted: Vec<Uuid> = ids.take(8 * MAX_GROUPS).filter_map(|id| id.parse().ok()).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut groups = Vec::new();
    for id in wanted {
        groups.extend(tx.group(id).await?.map(choice));
    }
    groups.sort_by_cached_key(|group| search_key(&group.name));
    Ok(groups)
}

/// The state of the migration, and what the guide proposes.
pub(super) async fn migration(engine: &Engine, visit: &Visit) -> std::result::Result<MigrationView, Failure> {
    engine.admin_gate(visit, Right::ReadPolicy)?;
    let mut tx = engine.store.read().await.map_err(failure)?;
    let (policy, version): (AuthenticationMethodsPolicy, i64) =
        policy::document(&mut *tx, METHODS).await.map_err(failure)?;
    let boxes = policy::current(&mut *tx).await.map_err(failure)?.policy.methods;
    let proposals = PolicyMethod::all().map(|method| Proposal {
        line: line(engine, &policy, method),
        ticked: method.is_ticked(boxes),
        proposed: policy.is_proposed(boxes, method),
    });
    Ok(MigrationView {
        migration: policy.migration,
        began: policy.began,
        methods: policy.governs().methods(boxes).methods,
        proposals: proposals.collect(),
        office: policy.proposes_office(boxes),
        version,
        may_save: visit.may(RIGHT),
    })
}
