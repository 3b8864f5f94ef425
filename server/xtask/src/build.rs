//! Building the binary, and starting it.

use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::bundle::{self, Quality};
use crate::process::{self, Run};
use crate::say;
use crate::setup;
use crate::workspace::Workspace;

/// The release build, assets inside; returns the binary's path.
pub fn release(workspace: &Workspace) -> Result<PathBuf> {
    setup::for_build(workspace)?;
    bundle::make(workspace, Quality::Release)?;
    process::cargo(workspace)
        .args(["build", "--release", "--package", "regain-server"])
        .env("REGAIN_SITE", workspace.site())
        .run()?;
    Ok(workspace.target("release/regain"))
}

/// The debug build that `cargo xtask watch` runs: it reads the bundle when it starts.
pub fn debug(workspace: &Workspace) -> Result<PathBuf> {
    process::cargo(workspace).args(["build", "--package", "regain-server"]).run()?;
    Ok(workspace.target("debug/regain"))
}

/// What `cargo xtask run` starts without `--release`, after set-up.
fn quick(workspace: &Workspace) -> Result<PathBuf> {
    setup::for_build(workspace)?;
    say::step("1 of 2: the WebAssembly of the pages");
    bundle::make(workspace, Quality::Draft)?;
    say::step("2 of 2: the server");
    debug(workspace)
}

/// The debug build that the browser tests drive: their seams are in it.
pub fn with_test_seams(workspace: &Workspace) -> Result<PathBuf> {
    process::cargo(workspace).args(["build", "--bins", "--tests"]).args(process::TESTED).run()?;
    Ok(workspace.target("debug/regain"))
}

/// Builds, and becomes `regain serve --demo`; returns only if that cannot be started.
///
/// Unless `optimised`, in the profile of the tests: a first page takes a third of the time, and the tests find most of
/// what they need compiled.
pub fn run(workspace: &Workspace, optimised: bool, arguments: &[String]) -> Result<bool> {
    let binary = if optimised {
        say::step("Building Regain optimised: about 25 minutes the first time on two cores, less on more");
        release(workspace)?
    } else {
        say::step(
            "Building Regain: about 8 minutes the first time on two cores, less on more; seconds after that",
        );
        quick(workspace)?
    };
    let problem = Command::new(&binary).args(["serve", "--demo"]).args(arguments).exec();
    bail!("cannot start {}: {problem}", binary.display())
}
