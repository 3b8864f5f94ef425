//! What the tabs show.

use regain_app::outcome::Failure;
use regain_app::services::policy::{ChosenGroup, Count, GroupChoice, GroupChoices, Properties, Settings};
use regain_app::visit::Visit;
use regain_core::policy::Tab;
use regain_core::role::Right;
use regain_store::{Group, Page, Tx, UserFilter};

use super::save::page_of;
use crate::engine::Engine;
use crate::policy;
use crate::services::failure;
use crate::services::usage::coverage;

/// People are not counted further: the number is only there to compare with.
const MAX_COUNTED: i64 = 100_000;
/// As many groups as a page shows.
const GROUPS: usize = 50;

/// The policy, for a tab.
pub(super) async fn settings(engine: &Engine, visit: &Visit, tab: Tab) -> Result<Settings, Failure> {
    engine.admin_gate(visit, Right::ReadPolicy)?;
    let mut tx = engine.store.read().await.map_err(failure)?;
    read(engine, &mut *tx, visit, tab).await.map_err(failure)
}

async fn read(engine: &Engine, tx: &mut dyn Tx, visit: &Visit, tab: Tab) -> regain_store::Result<Settings> {
    let current = policy::current(tx).await?;
    Ok(Settings {
        policy: current.policy,
        version: current.version,
        may_save: visit.may(page_of(tab).right),
        working: engine.working_methods(),
        migration: policy::methods(tx).await?.migration,
    })
}

/// *Properties*, with the group that the form shows.
pub(super) async fn properties(
    engine: &Engine,
    visit: &Visit,
    group: Option<String>,
) -> Result<Properties, Failure> {
    engine.admin_gate(visit, Right::ReadPolicy)?;
    let mut tx = engine.store.read().await.map_err(failure)?;
    let settings = read(engine, &mut *tx, visit, Tab::Properties).await.map_err(failure)?;
    let group = group.or_else(|| settings.policy.scope.group().map(ToOwned::to_owned));
    let group = chosen(&mut *tx, group.as_deref()).await.map_err(failure)?;
    drop(tx);
    let covered = coverage::latest(engine).await.map_err(failure)?;
    Ok(Properties { settings, group, covered })
}

/// A group with its numbers, if it exists.
pub(crate) async fn chosen(
    tx: &mut dyn Tx,
    group: Option<&str>,
) -> regain_store::Result<Option<ChosenGroup>> {
    let Some(id) = group.and_then(|group| group.parse().ok()) else { return Ok(None) };
    let Some(group) = tx.group(id).await? else { return Ok(None) };
    let (people, direct) = tx.count_members(id).await?;
    Ok(Some(ChosenGroup { group: choice(group), people, direct }))
}

/// Everybody, up to a limit.
pub(crate) async fn count_users(tx: &mut dyn Tx) -> regain_store::Result<Count> {
    let number = tx.count_users(&UserFilter::default(), MAX_COUNTED + 1).await?;
    Ok(Count { number: number.min(MAX_COUNTED), more: number > MAX_COUNTED })
}

/// What *Select group* offers.
pub(crate) async fn groups(engine: &Engine, visit: &Visit, search: &str) -> Result<GroupChoices, Failure> {
    engine.admin_gate(visit, Right::ReadPolicy)?;
    engine.admin_gate(visit, Right::ReadGroups)?;
    // PostgreSQL takes no zero characters.
    let search = search.replace(char::is_control, "");
    let page = Page { after: String::new(), limit: i64::try_from(GROUPS + 1).unwrap_or(i64::MAX) };
    let mut tx = engine.store.read().await.map_err(failure)?;
    let mut groups = tx.groups(&search, &page).await.map_err(failure)?;
    let more = groups.len() > GROUPS;
    groups.truncate(GROUPS);
    Ok(GroupChoices { groups: groups.into_iter().map(choice).collect(), more })
}

/// A group that can be chosen.
pub(crate) fn choice(group: Group) -> GroupChoice {
    GroupChoice { id: group.id.to_string(), name: group.name, description: group.description }
}
