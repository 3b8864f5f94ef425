//! The list of groups, and one group.

use regain_app::outcome::Failure;
use regain_app::services::groups::{GroupList, GroupRow, GroupView, MemberRow};
use regain_app::services::people::{Listed, Place};
use regain_app::visit::Visit;
use regain_core::role::Right;
use regain_store::{Group, Page, Result, Tx, User};
use uuid::Uuid;

use super::row_id;
use crate::engine::Engine;
use crate::policy;
use crate::services::failure;
use crate::services::paging::{PAGE, page_of};

pub(super) async fn list(
    engine: &Engine,
    visit: &Visit,
    search: &str,
    place: &Place,
) -> std::result::Result<GroupList, Failure> {
    engine.admin_gate(visit, Right::ReadGroups)?;
    let read = async {
        let mut tx = engine.store.read().await?;
        let groups = match place {
            Place::First => tx.groups(search, &after("")).await?,
            Place::After(key) => tx.groups(search, &after(key)).await?,
            Place::Before(key) => tx.groups_before(search, key, PAGE + 1).await?,
        };
        let page = page_of(groups, place, |group| group.name_key.clone());
        let used = used_groups(&mut *tx).await?;
        let mut rows = Vec::with_capacity(page.rows.len());
        for group in page.rows {
            rows.push(row(&mut *tx, group, &used).await?);
        }
        Ok(Listed { rows, previous: page.previous, next: page.next })
    };
    let page = read.await.map_err(failure)?;
    Ok(GroupList { page, may_create: visit.may(Right::ManageGroups) })
}

pub(super) async fn group(
    engine: &Engine,
    visit: &Visit,
    id: &str,
    place: &Place,
) -> std::result::Result<GroupView, Failure> {
    engine.admin_gate(visit, Right::ReadGroups)?;
    let id = row_id(id)?;
    let read = async {
        let mut tx = engine.store.read().await?;
        let Some(group) = find(&mut *tx, id).await? else { return Ok(None) };
        let users = match place {
            Place::First => tx.direct_users(id, &after("")).await?,
            Place::After(key) => tx.direct_users(id, &after(key)).await?,
            Place::Before(key) => tx.direct_users_before(id, key, PAGE + 1).await?,
        };
        let page = page_of(users, place, |user| user.upn_key.clone());
        let users = page.rows.iter().map(user_row).collect();
        let groups = tx.direct_groups(id).await?.iter().map(group_row).collect();
        let users = Listed { rows: users, previous: page.previous, next: page.next };
        Ok(Some(GroupView { group, groups, users, may_manage: visit.may(Right::ManageGroups) }))
    };
    read.await.map_err(failure)?.ok_or(Failure::NotFound)
}

/// One group as lists show it.
pub(crate) async fn find(tx: &mut dyn Tx, id: Uuid) -> Result<Option<GroupRow>> {
    let Some(group) = tx.group(id).await? else { return Ok(None) };
    let used = used_groups(tx).await?;
    row(tx, group, &used).await.map(Some)
}

/// The groups that policies name.
struct Used {
    /// Password reset is enabled for it.
    scope: Option<Uuid>,
    /// Rules of the authentication methods policy name them.
    methods: Vec<Uuid>,
}

async fn used_groups(tx: &mut dyn Tx) -> Result<Used> {
    let all = policy::All::load(tx).await?;
    let id = |group: &str| group.parse().ok();
    let methods = all.methods.groups().into_iter().filter_map(id).collect();
    Ok(Used { scope: all.reset.scope.group().and_then(id), methods })
}

async fn row(tx: &mut dyn Tx, group: Group, used: &Used) -> Result<GroupRow> {
    let (people, direct) = tx.count_members(group.id).await?;
    let in_use = used.scope == Some(group.id);
    let names_methods = used.methods.contains(&group.id);
    let id = group.id.to_string();
    Ok(GroupRow {
        id,
        name: group.name,
        description: group.description,
        people,
        direct,
        in_use,
        names_methods,
    })
}

fn after(key: &str) -> Page {
    Page { after: key.to_owned(), limit: PAGE + 1 }
}

/// A person as a member.
pub(super) fn user_row(user: &User) -> MemberRow {
    MemberRow { id: user.id.to_string(), name: user.display_name.clone(), upn: Some(user.upn.clone()) }
}

/// A group as a member.
pub(super) fn group_row(group: &Group) -> MemberRow {
    MemberRow { id: group.id.to_string(), name: group.name.clone(), upn: None }
}
