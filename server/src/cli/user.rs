//! `regain user`.

mod add;
mod export;
mod import;
mod show;

use clap::{Args, Subcommand};
use regain_store::User;

use super::open::open;
use super::output::{count, line};
use super::password::PasswordSource;
use crate::config::Config;
use crate::engine::Engine;
use crate::people::{Actor, Refusal, find_user};

/// Users.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Make a user. The password is asked for, and must be changed at the first sign-in.
    Add(add::Add),
    /// Make users from the CSV file that Microsoft Entra uses for bulk create.
    Import(import::Import),
    /// Write all users, without passwords, as such a CSV file.
    Export(export::Export),
    /// Change names and contact data; an empty value clears.
    Set(add::Set),
    /// Set a password that must be changed at the next sign-in.
    SetPassword {
        #[command(flatten)]
        user: Which,
        #[command(flatten)]
        password: PasswordSource,
    },
    /// Block sign-in, which also ends sessions and resets under way.
    Block(Which),
    /// Let somebody sign in again.
    Unblock(Which),
    /// Clear the sign-in lockout and the recovery lock.
    Unlock(Which),
    /// Remove every registered method, as when the only phone is lost.
    ResetMethods(Which),
    /// Delete a user.
    Delete(Which),
    /// Show a user.
    Show {
        #[command(flatten)]
        user: Which,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// One user.
#[derive(Args)]
pub(super) struct Which {
    /// User principal name or object id.
    user: String,
}

impl Which {
    pub(super) async fn find(&self, engine: &Engine) -> anyhow::Result<User> {
        find(engine, &self.user).await
    }
}

/// The user, or an error that names what was looked for.
pub(super) async fn find(engine: &Engine, name: &str) -> anyhow::Result<User> {
    let mut tx = engine.store.read().await?;
    match find_user(&mut *tx, name).await {
        Err(Refusal::NotFound) => anyhow::bail!("there is no user {name}"),
        found => Ok(found?),
    }
}

pub(super) async fn run(config: Config, command: Command) -> anyhow::Result<()> {
    let engine = open(config).await?;
    let actor = Actor::command_line(&engine);
    match command {
        Command::Add(add) => add.run(&engine, &actor).await,
        Command::Import(import) => import.run(&engine, &actor).await,
        Command::Export(export) => export.run(&engine).await,
        Command::Set(set) => set.run(&engine, &actor).await,
        Command::SetPassword { user, password } => {
            let user = user.find(&engine).await?;
            engine.set_temporary_password(&actor, user.id, &password.read()?).await?;
            line(&format!("{} has a new password, to be changed at the next sign-in.", user.upn))
        }
        Command::Block(which) => block(&engine, &actor, &which, true).await,
        Command::Unblock(which) => block(&engine, &actor, &which, false).await,
        Command::Unlock(which) => {
            let user = which.find(&engine).await?;
            engine.unlock_user(&actor, user.id).await?;
            line(&format!("{} is unlocked.", user.upn))
        }
        Command::ResetMethods(which) => {
            let user = which.find(&engine).await?;
            let removed = engine.remove_methods(&actor, user.id, None).await?;
            let removed = count(removed, "registered method", "registered methods");
            line(&format!("{}: {removed} removed.", user.upn))
        }
        Command::Delete(which) => {
            let user = which.find(&engine).await?;
            engine.delete_user(&actor, user.id).await?;
            line(&format!("{} is deleted.", user.upn))
        }
        Command::Show { user, json } => show::show(&engine, &user, json).await,
    }
}

async fn block(engine: &Engine, actor: &Actor<'_>, which: &Which, blocked: bool) -> anyhow::Result<()> {
    let user = which.find(engine).await?;
    engine.block_user(actor, user.id, blocked).await?;
    line(&format!("{} {} sign in.", user.upn, if blocked { "cannot" } else { "can" }))
}
