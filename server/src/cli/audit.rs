//! `regain audit`.

use std::io::Write as _;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use regain_core::code::SupportCode;
use regain_store::AuditFilter;
use tokio::sync::mpsc;

use super::open::open;
use super::output::{count, line, time};
use crate::audit::export::{Format, export};
use crate::audit::verify::{Head, Verdict};
use crate::config::Config;

/// The audit log.
#[derive(Subcommand)]
pub(super) enum Command {
    /// Write the audit log to standard output, newest first. Times are UTC.
    Export(Export),
    /// Check that every row is as it was written, and print the head of the chain. A broken chain is named by its first
    /// bad row, with exit status 1.
    Verify {
        /// A head that an earlier run printed, kept outside this database: the chain must still run through it.
        #[arg(long)]
        head: Option<Head>,
    },
}

/// `regain audit export`.
#[derive(Args)]
pub(super) struct Export {
    /// The format.
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// Short for `--format json`.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Only what stands under this support code.
    #[arg(long, value_parser = code)]
    code: Option<SupportCode>,
    /// Only what was done by or to this user principal name.
    #[arg(long)]
    person: Option<String>,
}

fn code(text: &str) -> Result<SupportCode, &'static str> {
    SupportCode::parse(text).ok_or("a support code has eight letters and digits, such as ABCD-1234")
}

pub(super) async fn run(config: Config, command: Command) -> anyhow::Result<()> {
    match command {
        Command::Export(options) => write(config, options).await,
        Command::Verify { head } => verify(config, head).await,
    }
}

async fn write(config: Config, options: Export) -> anyhow::Result<()> {
    let engine = open(config).await?;
    let filter = AuditFilter {
        correlation: options.code.map(String::from).unwrap_or_default(),
        person: options.person.unwrap_or_default(),
        ..AuditFilter::default()
    };
    let format = if options.json { Format::Json } else { options.format };
    let (pieces, mut received) = mpsc::channel(2);
    let reading = tokio::spawn(async move { export(&engine, filter, format, pieces).await });
    while let Some(piece) = received.recv().await {
        std::io::stdout().write_all(&piece?).context("cannot write to standard output")?;
    }
    Ok(reading.await?)
}

async fn verify(config: Config, head: Option<Head>) -> anyhow::Result<()> {
    let engine = open(config).await?;
    match engine.verify_audit(head.as_ref()).await? {
        Verdict::Whole(found) => {
            let cut = engine.store.read().await?.audit_cut().await?;
            let first = cut.as_ref().map_or(0, |cut| cut.seq);
            line(&format!("The audit log is whole: {}.", count(found.seq - first, "row", "rows")))?;
            if let Some(cut) = cut {
                line(&format!("Rows 1 to {} were cut; the last of them at {}.", cut.seq, time(cut.at)))?;
            }
            if head.is_some_and(|head| head.seq < first) {
                line("The head that was kept is older than the cut and could not be compared.")?;
            }
            line(&format!("Head: {found}"))
        }
        Verdict::Broken { seq, why } => bail!("row {seq} of the audit log is not as it was written: {why}"),
    }
}
