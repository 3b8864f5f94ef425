//! `regain policy`.

mod document;
mod save;

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};

use super::open::open;
use super::output::{facts, json as print_json, line};
use crate::config::Config;
use crate::people::Actor;
use document::Document;

/// The settings of password reset, of administrators' resets, of the second factor at sign-in, and of password
/// protection; how long audit records are kept; the time zone.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Show every setting.
    Show {
        /// As JSON; `set --file` reads it.
        #[arg(long)]
        json: bool,
    },
    /// Change settings. What the portal refuses is refused here, too.
    Set(Set),
}

/// `regain policy set`.
#[derive(Args)]
pub(super) struct Set {
    /// The setting, by the name that `show` prints.
    #[arg(required_unless_present = "file", conflicts_with = "file", value_parser = known)]
    key: Option<String>,
    /// Its value; several for a list. Yes-or-no settings take `yes` or `no`, a group its name.
    #[arg(requires = "key", allow_hyphen_values = true)]
    values: Vec<String>,
    /// A JSON file with any of the settings that `show --json` prints; all of them are saved, or none.
    #[arg(long)]
    file: Option<PathBuf>,
}

pub(super) async fn run(config: Config, command: Command) -> anyhow::Result<()> {
    let engine = open(config).await?;
    match command {
        Command::Show { json } => {
            let mut tx = engine.store.read().await?;
            let shown = Document::read(&mut *tx).await?;
            if json { print_json(&shown.to_json()) } else { facts(&shown.lines()) }
        }
        Command::Set(set) => {
            let wanted = set.wanted()?;
            let changes = save::save(&engine, &Actor::command_line(&engine), &wanted).await?;
            for change in &changes {
                line(&format!("{}: {} → {}", change.property, quoted(&change.old), quoted(&change.new)))?;
            }
            line(if changes.is_empty() { "Nothing changed." } else { "Saved." })
        }
    }
}

impl Set {
    fn wanted(self) -> anyhow::Result<Document> {
        let wanted = match (self.key, self.file) {
            (Some(key), _) => Document::from_pair(&key, self.values),
            (None, Some(file)) => {
                let text = std::fs::read_to_string(&file)
                    .with_context(|| format!("cannot read {}", file.display()))?;
                Document::from_json(&serde_json::from_str(&text).context("the file is not JSON")?)?
            }
            (None, None) => bail!("name a setting, or give --file"),
        };
        wanted.check_keys()?;
        Ok(wanted)
    }
}

/// A setting's name; anything else is wrong usage.
fn known(name: &str) -> Result<String, String> {
    if document::is_setting(name) {
        Ok(name.to_owned())
    } else {
        Err("regain policy show lists the settings".to_owned())
    }
}

fn quoted(value: &str) -> &str {
    if value.is_empty() { "(empty)" } else { value }
}
