//! `regain key`, `backup`, `restore`, `check`, `migrate`.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{bail, ensure};
use clap::Subcommand;
use regain_store::Voided;
use serde_json::json;

use super::open::open;
use super::output::{count, json as print_json, line};
use crate::ambient::{OsEntropy, SystemClock};
use crate::config::Config;
use crate::crypto;
use crate::serve;
use crate::upkeep::check::{Finding, Health, check};
use crate::upkeep::clock::{self, PutRight};
use crate::upkeep::single::only_server;
use crate::upkeep::{backup, restore};

/// Master keys.
#[derive(Subcommand)]
pub(super) enum Key {
    /// Make a master key, in a new file that its owner alone can read. A server makes its own at its first start; servers
    /// that share a database share the key.
    New {
        /// Where; without it, where REGAIN_KEY_FILE or the data folder says.
        file: Option<PathBuf>,
    },
    /// Replace the master key. Stop every server first. The new key comes before the old ones in the key file, and every
    /// authenticator's seed is sealed anew with it. The old keys stay in the file: passwords, answers and lock counters
    /// remain bound to the first, because they cannot be bound anew without the passwords themselves. Codes under way
    /// die. Run it again if it was interrupted.
    Rotate,
}

pub(super) async fn key(config: Config, command: Key) -> anyhow::Result<()> {
    match command {
        Key::New { file } => {
            let file = file.unwrap_or(config.key_file);
            crypto::create(&file, &OsEntropy)?;
            line(&format!(
                "A new master key is in {}. Keep a copy where the database's backups are not.",
                file.display()
            ))
        }
        Key::Rotate => rotate(config).await,
    }
}

async fn rotate(config: Config) -> anyhow::Result<()> {
    let _only = only_server(&config)?;
    // Opened once with the keys as they are: with the wrong ones nothing may be changed.
    let before = open(config.clone()).await?;
    let unfinished = serve::sealed_with_older_key(&before).await?;
    before.store.close().await;
    if !unfinished {
        crypto::add_key(&config.key_file, &OsEntropy)?;
    }
    let engine = open(config).await?;
    let rotated = engine.reseal().await?;
    line(&format!(
        "The key in {} is new; {} sealed with it.",
        engine.config.key_file.display(),
        count(rotated.resealed, "seed is", "seeds are")
    ))?;
    line("Give the file to every server of this database before it starts again.")?;
    ensure!(
        rotated.lost.is_empty(),
        "no key opens the seeds of these methods, which must be registered again: {}",
        rotated.lost.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    );
    Ok(())
}

pub(super) async fn backup_to(config: Config, file: PathBuf) -> anyhow::Result<()> {
    let engine = open(config).await?;
    backup::backup(&engine.store, &file).await?;
    line(&format!("The database is copied into {}.", file.display()))?;
    line(&format!(
        "It cannot be read without the key in {}: keep that apart.",
        engine.config.key_file.display()
    ))
}

pub(super) async fn restore_from(config: Config, file: PathBuf) -> anyhow::Result<()> {
    let _only = only_server(&config)?;
    let restored = restore::restore(config, &file, Arc::new(SystemClock::default())).await?;
    if let Some(kept) = restored.kept {
        line(&format!("The database that was there is kept in {}.", kept.display()))?;
    }
    line(&format!("Restored. {}", ended(&restored.voided)))
}

fn ended(voided: &Voided) -> String {
    format!(
        "Ended: {}, {} under way, {}, {}.",
        count(voided.sessions, "session", "sessions"),
        count(voided.flows, "reset", "resets"),
        count(voided.challenges, "open code", "open codes"),
        count(voided.messages, "message", "messages")
    )
}

pub(super) async fn put_clock_right(config: Config) -> anyhow::Result<()> {
    let _only = only_server(&config)?;
    let engine = open(config).await?;
    let Some(PutRight { ahead, voided }) = clock::put_right(&engine).await? else {
        return line("The time that counts is not ahead of the clock: nothing to do.");
    };
    line(&format!("Time was {} s ahead and is right again. {}", ahead.as_secs(), ended(&voided)))
}

pub(super) async fn check_all(config: Config, as_json: bool) -> anyhow::Result<()> {
    let findings = check(config, Arc::new(SystemClock::default())).await;
    if as_json {
        let all = findings.iter().map(
            |finding| json!({ "part": finding.part, "health": word(finding.health), "text": finding.text }),
        );
        print_json(&all.collect())?;
    } else {
        for Finding { part, health, text } in &findings {
            line(&format!("{:6} {part}: {text}", word(*health)))?;
        }
    }
    let ill = findings.iter().filter(|finding| finding.health == Health::Ill).count();
    let verb = if ill == 1 { "does" } else { "do" };
    ensure!(ill == 0, "{ill} of {} parts {verb} not work", findings.len());
    Ok(())
}

fn word(health: Health) -> &'static str {
    match health {
        Health::Well => "ok",
        Health::Absent => "note",
        Health::Ill => "failed",
    }
}

pub(super) async fn migrate(config: Config) -> anyhow::Result<()> {
    let engine = serve::open(config, false, true, Arc::new(SystemClock::default())).await?;
    if engine.store.pending_migrations().await? > 0 {
        bail!("the schema is still old");
    }
    line("The database's schema is up to date.")
}
