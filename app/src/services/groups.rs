//! Groups, for administrators.

use async_trait::async_trait;

use super::people::{Listed, Place};
use crate::outcome::{Answer, Failure};
use crate::visit::Visit;

/// A group in a list.
#[derive(Clone, Debug)]
pub struct GroupRow {
    /// Row id, as text.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its description; may be empty.
    pub description: String,
    /// Different people in it, those of nested groups included.
    pub people: i64,
    /// People who are in it directly.
    pub direct: i64,
    /// The password reset policy selects it.
    pub in_use: bool,
    /// Rules of the authentication methods policy name it.
    pub names_methods: bool,
}

/// The list of groups.
#[derive(Clone, Debug)]
pub struct GroupList {
    /// A page of them.
    pub page: Listed<GroupRow>,
    /// Whether the signed-in person may make groups.
    pub may_create: bool,
}

/// A member, or what could become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRow {
    /// Row id, as text.
    pub id: String,
    /// Display name of a person, name of a group.
    pub name: String,
    /// User principal name of a person; `None` for a group.
    pub upn: Option<String>,
}

/// Everything about a group.
#[derive(Clone, Debug)]
pub struct GroupView {
    /// The group.
    pub group: GroupRow,
    /// Groups in it.
    pub groups: Vec<MemberRow>,
    /// A page of the people who are in it directly.
    pub users: Listed<MemberRow>,
    /// Whether the signed-in person may change it.
    pub may_manage: bool,
}

/// What a search for members found.
#[derive(Clone, Debug)]
pub struct Candidates {
    /// The group they would join.
    pub group: GroupRow,
    /// Groups and people that are not direct members yet.
    pub found: Vec<MemberRow>,
    /// There are more than are shown.
    pub more: bool,
}

/// Groups, for administrators.
#[async_trait]
pub trait Groups: Send + Sync {
    /// A page of the list of groups whose name or description contains `search`.
    async fn list(&self, visit: &Visit, search: &str, place: &Place) -> Result<GroupList, Failure>;
    /// Whether the page for a new group may be shown.
    async fn may_create(&self, visit: &Visit) -> Result<(), Failure>;
    /// Makes a group.
    async fn create(&self, visit: &Visit, name: &str, description: &str) -> Answer;
    /// Everything about a group.
    async fn group(&self, visit: &Visit, id: &str, place: &Place) -> Result<GroupView, Failure>;
    /// Saves name and description.
    async fn save(&self, visit: &Visit, id: &str, name: &str, description: &str) -> Answer;
    /// Deletes a group.
    async fn delete(&self, visit: &Visit, id: &str) -> Answer;
    /// Who could become a member; nobody before something is searched for.
    async fn candidates(&self, visit: &Visit, id: &str, search: &str) -> Result<Candidates, Failure>;
    /// Adds members, by row id.
    async fn add_members(&self, visit: &Visit, id: &str, members: &[String], search: &str) -> Answer;
    /// Removes a direct member, by row id.
    async fn remove_member(&self, visit: &Visit, id: &str, member: &str) -> Answer;
}
