//! `regain user import`.

use std::path::PathBuf;

use anyhow::ensure;
use clap::Args;

use crate::cli::bulk::{input, refused};
use crate::cli::output::{count, line};
use crate::engine::Engine;
use crate::people::Actor;

/// `regain user import`.
#[derive(Args)]
pub(in crate::cli) struct Import {
    /// The CSV file; `-` is standard input.
    file: PathBuf,
}

impl Import {
    pub(super) async fn run(self, engine: &Engine, actor: &Actor<'_>) -> anyhow::Result<()> {
        let report = engine.import_users(actor, input(&self.file)?, &mut refused).await?;
        let (done, refused) = (count(report.done, "user", "users"), count(report.refused, "row", "rows"));
        line(&format!("{done} imported, {refused} refused."))?;
        ensure!(report.refused == 0, "{} not imported", count(report.refused, "row was", "rows were"));
        Ok(())
    }
}
