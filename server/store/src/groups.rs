//! Groups, nested to any depth.

use async_trait::async_trait;
use regain_core::time::Timestamp;
use uuid::Uuid;

use crate::{Page, Result, User};

/// A group.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Group {
    /// Row id.
    pub id: Uuid,
    /// Name, as given.
    pub name: String,
    /// Lower-case name; unique.
    pub name_key: String,
    /// Description; may be empty.
    pub description: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What a group can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupMember {
    /// A user.
    User(Uuid),
    /// Another group; a cycle is harmless.
    Group(Uuid),
}

/// Groups.
#[async_trait]
pub trait Groups {
    /// Makes a group. A taken name is [`crate::Error::Conflict`].
    async fn add_group(&mut self, group: &Group) -> Result<()>;
    /// The group with this id.
    async fn group(&mut self, id: Uuid) -> Result<Option<Group>>;
    /// The group with this lower-case name.
    async fn group_by_key(&mut self, name_key: &str) -> Result<Option<Group>>;
    /// Writes name and description. False when the group is gone.
    async fn update_group(&mut self, group: &Group) -> Result<bool>;
    /// Deletes a group, not its members. False when there was none.
    async fn delete_group(&mut self, id: Uuid) -> Result<bool>;
    /// A page of groups by name, whose name or description contains `search` (any case).
    async fn groups(&mut self, search: &str, page: &Page) -> Result<Vec<Group>>;
    /// The page of groups right before the one with this `name_key`, in the list's order.
    async fn groups_before(&mut self, search: &str, before: &str, limit: i64) -> Result<Vec<Group>>;
    /// Adds a member. False when it was one already.
    async fn add_member(&mut self, group_id: Uuid, member: GroupMember) -> Result<bool>;
    /// Removes a direct member. False when it was none.
    async fn remove_member(&mut self, group_id: Uuid, member: GroupMember) -> Result<bool>;
    /// Whether this is a direct member.
    async fn is_direct_member(&mut self, group_id: Uuid, member: GroupMember) -> Result<bool>;
    /// A page of direct user members, by `upn_key`.
    async fn direct_users(&mut self, group_id: Uuid, page: &Page) -> Result<Vec<User>>;
    /// The page of direct user members right before the one with this `upn_key`, in the list's order.
    async fn direct_users_before(&mut self, group_id: Uuid, before: &str, limit: i64) -> Result<Vec<User>>;
    /// Direct group members, by name.
    async fn direct_groups(&mut self, group_id: Uuid) -> Result<Vec<Group>>;
    /// Groups that this user is a direct member of, by name.
    async fn groups_of_user(&mut self, user_id: Uuid) -> Result<Vec<Group>>;
    /// Whether the user is in the group, directly or through groups nested in it.
    async fn is_member(&mut self, user_id: Uuid, group_id: Uuid) -> Result<bool>;
    /// Those of `groups` that the user is in, directly or through groups nested in them; in one query for all.
    async fn memberships(&mut self, user_id: Uuid, groups: &[Uuid]) -> Result<Vec<Uuid>>;
    /// How many different users the group holds, nested ones included; and how many directly.
    async fn count_members(&mut self, group_id: Uuid) -> Result<(i64, i64)>;
}
