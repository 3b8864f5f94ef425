//! The npm packages of `end2end`: Playwright, Puppeteer (for Firefox), axe, TypeScript, and Binaryen for `wasm-opt`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use super::stamp;
use crate::process::Run;
use crate::say;
use crate::workspace::Workspace;

/// Installs exactly what the lock file names, unless that is there already.
pub fn ensure(workspace: &Workspace) -> Result<()> {
    let lock = workspace.path("end2end/package-lock.json");
    let done = workspace.path("end2end/node_modules/.installed");
    if stamp::fresh(&done, &lock) {
        return Ok(());
    }
    say::installing("npm packages of end2end", "Playwright, Puppeteer, axe, TypeScript, wasm-opt");
    Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(workspace.path("end2end"))
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .run()
        .context("npm could not install the packages of end2end")?;
    stamp::write(&done, &lock)
}

/// The path of a program that an npm package brings, such as `wasm-opt`.
pub fn program(workspace: &Workspace, name: &str) -> PathBuf {
    workspace.path("end2end/node_modules/.bin").join(name)
}
