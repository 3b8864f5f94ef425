//! POSTs of `/admin/groups`.

use leptos::prelude::*;

use crate::outcome::respond;
use crate::services::services;
use crate::visit::visit;

/// *New group*.
#[server(prefix = "", endpoint = "/admin/groups/new")]
pub async fn create(
    #[server(default)] name: String,
    #[server(default)] description: String,
) -> Result<(), ServerFnError> {
    respond(services().groups.create(&visit(), &name, &description).await)
}

/// Saves name and description.
#[server(prefix = "", endpoint = "/admin/groups/save")]
pub async fn save(
    #[server(default)] id: String,
    #[server(default)] name: String,
    #[server(default)] description: String,
) -> Result<(), ServerFnError> {
    respond(services().groups.save(&visit(), &id, &name, &description).await)
}

/// *Delete group*.
#[server(prefix = "", endpoint = "/admin/groups/delete")]
pub async fn delete(#[server(default)] id: String) -> Result<(), ServerFnError> {
    respond(services().groups.delete(&visit(), &id).await)
}

/// Adds those that are ticked.
#[server(prefix = "", endpoint = "/admin/groups/add-members")]
pub async fn add_members(
    #[server(default)] id: String,
    #[server(default)] members: Vec<String>,
    #[server(default)] q: String,
) -> Result<(), ServerFnError> {
    respond(services().groups.add_members(&visit(), &id, &members, &q).await)
}

/// Removes a direct member.
#[server(prefix = "", endpoint = "/admin/groups/remove-member")]
pub async fn remove_member(
    #[server(default)] id: String,
    #[server(default)] member: String,
) -> Result<(), ServerFnError> {
    respond(services().groups.remove_member(&visit(), &id, &member).await)
}
