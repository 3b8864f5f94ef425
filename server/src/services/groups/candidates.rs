//! Who could become a member.

use regain_app::outcome::Failure;
use regain_app::services::groups::{Candidates, MemberRow};
use regain_app::visit::Visit;
use regain_core::role::Right;
use regain_store::{GroupMember, Page, Result, Tx, UserFilter};
use uuid::Uuid;

use super::read::{find, group_row, user_row};
use super::row_id;
use crate::engine::Engine;
use crate::services::failure;

/// Groups, and people, that one search shows.
const SHOWN: usize = 25;

pub(super) async fn candidates(
    engine: &Engine,
    visit: &Visit,
    id: &str,
    search: &str,
) -> std::result::Result<Candidates, Failure> {
    engine.admin_gate(visit, Right::ManageGroups)?;
    let id = row_id(id)?;
    let read = async {
        let mut tx = engine.store.read().await?;
        let Some(group) = find(&mut *tx, id).await? else { return Ok(None) };
        let (found, more) = if search.trim().is_empty() {
            (Vec::new(), false)
        } else {
            matches(&mut *tx, id, search).await?
        };
        Ok(Some(Candidates { group, found, more }))
    };
    read.await.map_err(failure)?.ok_or(Failure::NotFound)
}

async fn matches(tx: &mut dyn Tx, id: Uuid, search: &str) -> Result<(Vec<MemberRow>, bool)> {
    let page = Page { after: String::new(), limit: i64::try_from(2 * SHOWN).unwrap_or(i64::MAX) };
    let members = tx.direct_groups(id).await?;
    let mut groups = tx.groups(search, &page).await?;
    groups.retain(|group| group.id != id && !members.iter().any(|member| member.id == group.id));
    let mut users = Vec::new();
    let filter = UserFilter { search: search.to_owned(), ..UserFilter::default() };
    for user in tx.users(&filter, &page).await? {
        if !tx.is_direct_member(id, GroupMember::User(user.id)).await? {
            users.push(user);
        }
    }
    let more = groups.len() > SHOWN || users.len() > SHOWN;
    let groups = groups.iter().take(SHOWN).map(group_row);
    Ok((groups.chain(users.iter().take(SHOWN).map(user_row)).collect(), more))
}
