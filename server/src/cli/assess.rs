//! `regain assess`: the first thing to run. It reads a directory, needs no installation and no database, and writes nothing
//! but the report.

mod gather;

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;

use super::directory_options::DirectoryOptions;
use super::output::line;
use crate::ambient::SystemClock;
use crate::assess::{Assessment, html, json, text};

/// `regain assess`.
#[derive(Args)]
pub(super) struct Assess {
    #[command(flatten)]
    directory: DirectoryOptions,
    /// As JSON, with everybody concerned by name.
    #[arg(long, conflicts_with = "html")]
    json: bool,
    /// Write a page to this file, to be read in a browser and printed.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

impl Assess {
    /// What contradicts itself, which is wrong usage.
    pub(super) fn contradiction(&self) -> Option<String> {
        self.directory.contradiction()
    }
}

pub(super) async fn run(command: Assess) -> anyhow::Result<()> {
    let settings = command.directory.settings()?;
    let assessment = gather::assessment(settings, Arc::new(SystemClock::default())).await?;
    match command.html {
        Some(file) => write_page(&assessment, &file),
        None if command.json => print_json(&assessment),
        None => line(text(&assessment).trim_end()),
    }
}

fn print_json(assessment: &Assessment) -> anyhow::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    json(assessment, &mut out).and_then(|()| out.flush()).context("cannot write to standard output")
}

/// Nothing is made where the directory could not be read: the page is written at the end. A new file is its owner's alone,
/// because it names people whose accounts are easy prey.
fn write_page(assessment: &Assessment, file: &Path) -> anyhow::Result<()> {
    let shown = file.display();
    let open = || OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file);
    let write = || open()?.write_all(html(assessment).as_bytes());
    write().with_context(|| format!("cannot write {shown}"))?;
    line(&format!("The report is in {shown}."))
}
