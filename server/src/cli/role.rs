//! `regain role`.

use clap::{Args, Subcommand};
use regain_core::role::Role;
use serde_json::json;

use super::open::open;
use super::output::{json as print_json, line};
use super::user;
use crate::config::Config;
use crate::engine::Engine;
use crate::people::Actor;

/// Roles.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Give a role.
    Grant(Assignment),
    /// Take a role. The last Global Administrator keeps it.
    Revoke(Assignment),
    /// List who holds which role.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// A user and a role.
#[derive(Args)]
pub(super) struct Assignment {
    /// User principal name or object id.
    user: String,
    /// The role, such as 'Global Administrator' or `global_administrator`.
    #[arg(value_parser = role)]
    role: Role,
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse_name(text).ok_or_else(|| {
        let names: Vec<&str> = Role::ALL.iter().map(|role| role.display_name()).collect();
        format!("there is no such role; the roles are: {}", names.join(", "))
    })
}

pub(super) async fn run(config: Config, command: Command) -> anyhow::Result<()> {
    let engine = open(config).await?;
    let actor = Actor::command_line(&engine);
    match command {
        Command::Grant(Assignment { user, role }) => {
            let user = user::find(&engine, &user).await?;
            let new = engine.grant_role(&actor, user.id, role).await?;
            line(&format!(
                "{} {} {}.",
                user.upn,
                if new { "is now" } else { "was already" },
                role.display_name()
            ))
        }
        Command::Revoke(Assignment { user, role }) => {
            let user = user::find(&engine, &user).await?;
            let taken = engine.revoke_role(&actor, user.id, role).await?;
            line(&format!(
                "{} {} {}.",
                user.upn,
                if taken { "is no longer" } else { "was not" },
                role.display_name()
            ))
        }
        Command::List { json } => list(&engine, json).await,
    }
}

async fn list(engine: &Engine, as_json: bool) -> anyhow::Result<()> {
    let mut tx = engine.store.read().await?;
    let mut all = Vec::new();
    for (role, upn, display_name) in tx.role_assignments().await? {
        let name = Role::parse_name(&role).map_or(role.as_str(), |known| known.display_name());
        if as_json {
            let item =
                json!({ "role": role, "name": name, "userPrincipalName": upn, "displayName": display_name });
            all.push(item);
        } else {
            line(&format!("{name}  {upn}"))?;
        }
    }
    if as_json { print_json(&json!(all)) } else { Ok(()) }
}
