//! The one password of all demo accounts: given by `REGAIN_DEMO_PASSWORD` or made up, kept in the data folder.

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use anyhow::Context as _;
use regain_core::account::PersonNames;
use regain_core::password::{BannedWords, Blocklists, PasswordProfile, Person, passphrase};
use regain_core::secret::Secret;

use super::DemoPassword;
use crate::engine::Engine;

fn file(engine: &Engine) -> PathBuf {
    engine.config.data_dir.join("demo-password")
}

/// The password for accounts that are about to be made.
pub(super) fn choose(engine: &Engine) -> anyhow::Result<Secret> {
    if let Some(given) = &engine.config.demo_password {
        return Ok(given.clone());
    }
    let names = PersonNames::default();
    let person = Person { names: &names, organization: "Contoso" };
    let banned = BannedWords::new::<&str>(&[]);
    let lists = Blocklists { banned: &banned, is_common: &|_| false };
    passphrase::suggest(&*engine.entropy, &PasswordProfile::nist(), &person, &lists)
        .context("no passphrase could be made; set REGAIN_DEMO_PASSWORD")
}

/// Keeps it for the next start, readable by its owner alone.
pub(super) fn keep(engine: &Engine, password: &Secret) -> anyhow::Result<()> {
    let file = file(engine);
    std::fs::create_dir_all(&engine.config.data_dir)?;
    if file.exists() {
        std::fs::remove_file(&file)?;
    }
    let mut out = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&file)
        .with_context(|| format!("cannot keep the demo password in {}", file.display()))?;
    writeln!(out, "{}", password.expose())?;
    out.sync_all()?;
    Ok(())
}

/// Takes it back: the accounts have another one.
pub(super) fn forget(engine: &Engine) -> anyhow::Result<()> {
    Ok(std::fs::remove_file(file(engine))?)
}

/// The password of accounts that were made at an earlier start. Another one in the environment changes nothing: the
/// accounts may have passwords of their own by now.
pub(super) fn recall(engine: &Engine) -> anyhow::Result<DemoPassword> {
    let file = file(engine);
    let given = engine.config.demo_password.as_ref();
    let kept = match std::fs::read_to_string(&file) {
        Ok(text) => Some(Secret::from(text.trim_end_matches('\n'))),
        // Another node seeded the database and has the file.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| format!("cannot read {}", file.display())),
    };
    let differs = matches!((&kept, given), (Some(kept), Some(given)) if kept != given);
    Ok(DemoPassword { known: kept.or_else(|| given.cloned()), differs })
}
