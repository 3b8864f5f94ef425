//! Groups and their members.

use regain_core::account::{GroupDetails, Username, group_key};
use regain_store::{AuditRecord, Error, Group, GroupMember, Tx};
use serde_json::json;
use uuid::Uuid;

use super::{Actor, Refusal};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;

/// A member, found by what somebody typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// Which.
    pub member: GroupMember,
    /// UPN or name, for the audit log and for messages.
    pub name: String,
}

impl MemberRow {
    /// Finds a user by UPN or id, or a group by id or name. A name with `@` is never a group's here; one
    /// with control characters is nobody's, and no text that PostgreSQL takes.
    pub async fn find(tx: &mut dyn Tx, typed: &str) -> Result<Self, Refusal> {
        let typed = typed.trim();
        if typed.chars().any(char::is_control) {
            return Err(Refusal::NotFound);
        }
        if let Ok(id) = typed.parse::<Uuid>() {
            if let Some(user) = tx.user(id).await? {
                return Ok(Self { member: GroupMember::User(id), name: user.upn });
            }
            let group = tx.group(id).await?.ok_or(Refusal::NotFound)?;
            return Ok(Self { member: GroupMember::Group(id), name: group.name });
        }
        if let Ok(name) = Username::parse(typed)
            && let Some(user) = tx.user_by_key(name.key()).await?
        {
            return Ok(Self { member: GroupMember::User(user.id), name: user.upn });
        }
        let group = tx.group_by_key(&group_key(typed)).await?.ok_or(Refusal::NotFound)?;
        Ok(Self { member: GroupMember::Group(group.id), name: group.name })
    }

    fn kind(&self) -> &'static str {
        match self.member {
            GroupMember::User(_) => "user",
            GroupMember::Group(_) => "group",
        }
    }
}

/// The group that a name or a row id names.
pub(crate) async fn find_group(tx: &mut dyn Tx, name: &str) -> Result<Group, Refusal> {
    let found = match name.trim().parse::<Uuid>() {
        Ok(id) => tx.group(id).await?,
        Err(_) => tx.group_by_key(&group_key(name)).await?,
    };
    found.ok_or(Refusal::NotFound)
}

fn on(record: AuditRecord, group: &Group) -> AuditRecord {
    record.on("group", &group.id.to_string(), &group.name)
}

fn taken(error: Error) -> Refusal {
    match error {
        Error::Conflict => Refusal::field("name", "group-name-taken"),
        error => error.into(),
    }
}

impl Engine {
    /// Makes a group.
    pub async fn add_group(&self, actor: &Actor<'_>, details: &GroupDetails) -> Result<Group, Refusal> {
        let mut tx = self.store.write().await?;
        let group = self.insert_group(&mut *tx, actor, details).await?;
        tx.commit().await?;
        Ok(group)
    }

    /// Makes a group within a transaction that the caller commits.
    pub async fn insert_group(
        &self,
        tx: &mut dyn Tx,
        actor: &Actor<'_>,
        details: &GroupDetails,
    ) -> Result<Group, Refusal> {
        let group = Group {
            id: self.new_id(),
            name: details.name.clone(),
            name_key: details.key(),
            description: details.description.clone(),
            created_at: self.now(),
        };
        tx.add_group(&group).await.map_err(taken)?;
        let record = on(audit::success(service::DIRECTORY, activity::ADD_GROUP), &group);
        tx.append(&actor.sign(self, record)).await?;
        Ok(group)
    }

    /// Writes name and description.
    pub async fn update_group(
        &self,
        actor: &Actor<'_>,
        id: Uuid,
        details: &GroupDetails,
    ) -> Result<Group, Refusal> {
        let mut tx = self.store.write().await?;
        tx.lock(&format!("group:{id}")).await?;
        let before = tx.group(id).await?.ok_or(Refusal::NotFound)?;
        let after = Group {
            name: details.name.clone(),
            name_key: details.key(),
            description: details.description.clone(),
            ..before.clone()
        };
        if before == after {
            return Ok(after);
        }
        tx.update_group(&after).await.map_err(taken)?;
        let mut record = on(audit::success(service::DIRECTORY, activity::UPDATE_GROUP), &after);
        if before.name != after.name {
            record = record.detail("displayName", json!({ "old": before.name, "new": after.name }));
        }
        if before.description != after.description {
            record =
                record.detail("description", json!({ "old": before.description, "new": after.description }));
        }
        tx.append(&actor.sign(self, record)).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Deletes a group, not its members. A policy that had chosen it lets nobody in from now on (R12).
    pub async fn delete_group(&self, actor: &Actor<'_>, id: Uuid) -> Result<Group, Refusal> {
        let mut tx = self.store.write().await?;
        tx.lock(&format!("group:{id}")).await?;
        let group = tx.group(id).await?.ok_or(Refusal::NotFound)?;
        tx.delete_group(id).await?;
        let record = on(audit::success(service::DIRECTORY, activity::DELETE_GROUP), &group);
        tx.append(&actor.sign(self, record)).await?;
        tx.commit().await?;
        Ok(group)
    }

    /// Adds members; those that are members already are passed over. Returns how many came.
    pub async fn add_members(
        &self,
        actor: &Actor<'_>,
        group_id: Uuid,
        members: &[MemberRow],
    ) -> Result<usize, Refusal> {
        let mut tx = self.store.write().await?;
        tx.lock(&format!("group:{group_id}")).await?;
        let group = tx.group(group_id).await?.ok_or(Refusal::NotFound)?;
        let mut records = Vec::new();
        for member in members {
            records.extend(self.insert_member(&mut *tx, actor, &group, member).await?);
        }
        tx.append_all(&records).await?;
        tx.commit().await?;
        Ok(records.len())
    }

    /// Adds one member within a transaction that the caller commits. `None` when it was one already; otherwise the
    /// record that the caller appends after the last row: a member's row waits for whoever is deleting the user.
    pub async fn insert_member(
        &self,
        tx: &mut dyn Tx,
        actor: &Actor<'_>,
        group: &Group,
        member: &MemberRow,
    ) -> Result<Option<AuditRecord>, Refusal> {
        if member.member == GroupMember::Group(group.id) {
            return Err(Refusal::field("members", "group-in-itself"));
        }
        if !tx.add_member(group.id, member.member).await? {
            return Ok(None);
        }
        let record = on(audit::success(service::DIRECTORY, activity::ADD_MEMBER), group);
        let record = record.detail("member", member.name.as_str()).detail("memberType", member.kind());
        Ok(Some(actor.sign(self, record)))
    }

    /// Removes a direct member. False when it was none.
    pub async fn remove_member(
        &self,
        actor: &Actor<'_>,
        group_id: Uuid,
        member: &MemberRow,
    ) -> Result<bool, Refusal> {
        let mut tx = self.store.write().await?;
        tx.lock(&format!("group:{group_id}")).await?;
        let group = tx.group(group_id).await?.ok_or(Refusal::NotFound)?;
        if !tx.remove_member(group_id, member.member).await? {
            return Ok(false);
        }
        let record = on(audit::success(service::DIRECTORY, activity::REMOVE_MEMBER), &group);
        let record = record.detail("member", member.name.as_str()).detail("memberType", member.kind());
        tx.append(&actor.sign(self, record)).await?;
        tx.commit().await?;
        Ok(true)
    }
}
