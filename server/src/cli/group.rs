//! `regain group`.

use std::path::PathBuf;

use anyhow::{bail, ensure};
use clap::{Args, Subcommand};
use regain_app::text::{Locale, text};
use regain_core::account::GroupDetails;
use regain_store::{Group, Page};
use serde_json::json;

use super::bulk::{input, refused};
use super::open::open;
use super::output::{count, json as print_json, line, warn};
use crate::config::Config;
use crate::engine::Engine;
use crate::people::{Actor, MemberRow, Refusal, find_group};
use crate::services::group_row;

const PAGE: i64 = 1_000;

/// Groups.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Make a group.
    Add {
        /// Its name.
        name: String,
        /// What it is for.
        #[arg(long, default_value = "")]
        description: String,
    },
    /// List groups.
    List {
        /// Only groups whose name or description contains this.
        #[arg(long, default_value = "")]
        search: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Add a member, or the members that Entra's CSV file names.
    AddMember(AddMember),
    /// Remove a direct member.
    RemoveMember {
        /// Name or object id of the group.
        group: String,
        /// User principal name of a user, name of a group, or object id.
        member: String,
    },
    /// Delete a group, not its members.
    Delete {
        /// Name or object id.
        group: String,
    },
    /// Show a group and its direct members.
    Show {
        /// Name or object id.
        group: String,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `regain group add-member`.
#[derive(Args)]
pub(super) struct AddMember {
    /// Name or object id of the group.
    group: String,
    /// User principal name of a user, name of a group, or object id.
    #[arg(required_unless_present = "file", conflicts_with = "file")]
    member: Option<String>,
    /// CSV file with the column `Member object ID or user principal name [memberObjectIdOrUpn] Required`; `-` is
    /// standard input.
    #[arg(long)]
    file: Option<PathBuf>,
}

pub(super) async fn run(config: Config, command: Command) -> anyhow::Result<()> {
    let engine = open(config).await?;
    let actor = Actor::command_line(&engine);
    match command {
        Command::Add { name, description } => {
            let details = GroupDetails::parse(&name, &description).map_err(Refusal::Problems)?;
            let group = engine.add_group(&actor, &details).await?;
            line(&format!("{} is made ({}).", group.name, group.id))
        }
        Command::List { search, json } => list(&engine, &search, json).await,
        Command::AddMember(add) => add.run(&engine, &actor).await,
        Command::RemoveMember { group, member } => {
            let (group, member) = (find(&engine, &group).await?, find_member(&engine, &member).await?);
            let removed = engine.remove_member(&actor, group.id, &member).await?;
            ensure!(removed, "{} is not a direct member of {}", member.name, group.name);
            line(&format!("{} is no longer a member of {}.", member.name, group.name))
        }
        Command::Delete { group } => {
            let group = find(&engine, &group).await?;
            warn_of_use(&engine, &group).await?;
            engine.delete_group(&actor, group.id).await?;
            line(&format!("{} is deleted.", group.name))
        }
        Command::Show { group, json } => show(&engine, &group, json).await,
    }
}

impl AddMember {
    async fn run(self, engine: &Engine, actor: &Actor<'_>) -> anyhow::Result<()> {
        let group = find(engine, &self.group).await?;
        if let Some(file) = &self.file {
            let report = engine.import_members(actor, &group, input(file)?, &mut refused).await?;
            let (done, before) = (report.done, report.unchanged);
            line(&format!(
                "{} added, {before} already there, {} refused.",
                count(done, "member", "members"),
                count(report.refused, "row", "rows")
            ))?;
            let missing = count(report.refused, "row was", "rows were");
            ensure!(report.refused == 0, "{missing} not imported");
            return Ok(());
        }
        let member = find_member(engine, self.member.as_deref().unwrap_or_default()).await?;
        let added = engine.add_members(actor, group.id, std::slice::from_ref(&member)).await?;
        let now = if added == 1 { "is now" } else { "was already" };
        line(&format!("{} {now} a member of {}.", member.name, group.name))
    }
}

/// What the portal says before it deletes a group that policies name.
async fn warn_of_use(engine: &Engine, group: &Group) -> anyhow::Result<()> {
    let mut tx = engine.store.read().await?;
    let Some(found) = group_row(&mut *tx, group.id).await? else { return Ok(()) };
    if found.in_use {
        let people = [("people", found.people.to_string())];
        warn(&text(Locale::default(), "groups-delete-used", &people));
    }
    if found.names_methods {
        warn(&text(Locale::default(), "groups-delete-methods", &[]));
    }
    Ok(())
}

async fn find(engine: &Engine, name: &str) -> anyhow::Result<Group> {
    let mut tx = engine.store.read().await?;
    match find_group(&mut *tx, name).await {
        Err(Refusal::NotFound) => bail!("there is no group {name}"),
        found => Ok(found?),
    }
}

async fn find_member(engine: &Engine, name: &str) -> anyhow::Result<MemberRow> {
    let mut tx = engine.store.read().await?;
    match MemberRow::find(&mut *tx, name).await {
        Err(Refusal::NotFound) => bail!("there is no user or group {name}"),
        found => Ok(found?),
    }
}

async fn list(engine: &Engine, search: &str, as_json: bool) -> anyhow::Result<()> {
    let mut after = String::new();
    let mut all = Vec::new();
    loop {
        let mut tx = engine.store.read().await?;
        let groups = tx.groups(search, &Page { after, limit: PAGE }).await?;
        let Some(last) = groups.last() else { break };
        after = last.name_key.clone();
        for group in groups {
            let (members, direct) = tx.count_members(group.id).await?;
            if as_json {
                all.push(json!({
                    "id": group.id.to_string(),
                    "displayName": group.name,
                    "description": group.description,
                    "members": members,
                    "directMembers": direct,
                }));
            } else {
                let members = count(members, "person", "people");
                line(format!("{}  ({members})  {}", group.name, group.description).trim_end())?;
            }
        }
    }
    if as_json { print_json(&json!(all)) } else { Ok(()) }
}

async fn show(engine: &Engine, name: &str, as_json: bool) -> anyhow::Result<()> {
    let group = find(engine, name).await?;
    let mut tx = engine.store.read().await?;
    let groups = tx.direct_groups(group.id).await?;
    let (members, _) = tx.count_members(group.id).await?;
    let mut users = Vec::new();
    let mut after = String::new();
    loop {
        let page = tx.direct_users(group.id, &Page { after, limit: PAGE }).await?;
        let Some(last) = page.last() else { break };
        after = last.upn_key.clone();
        users.extend(page.into_iter().map(|user| user.upn));
    }
    if as_json {
        return print_json(&json!({
            "id": group.id.to_string(),
            "displayName": group.name,
            "description": group.description,
            "members": members,
            "users": users,
            "groups": groups.iter().map(|group| &group.name).collect::<Vec<_>>(),
        }));
    }
    line(&format!("{} ({})", group.name, group.id))?;
    if !group.description.is_empty() {
        line(&group.description)?;
    }
    let members = count(members, "person", "people");
    line(&format!("{members}, those of nested groups included"))?;
    for group in &groups {
        line(&format!("  group  {}", group.name))?;
    }
    for user in &users {
        line(&format!("  user   {user}"))?;
    }
    Ok(())
}
