//! Compiling the browser's entry and making it small.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::{Quality, contents};
use crate::process::{self, Run};
use crate::say;
use crate::setup::wasm_target::TRIPLE;
use crate::setup::{RustSource, npm};
use crate::workspace::Workspace;

/// What `rustc` emits for the target, and every browser of the last years understands.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The module and the JavaScript that loads it.
pub struct Bound {
    pub glue: String,
    pub module: Vec<u8>,
}

/// Compiles the root package and returns the module's path.
pub fn compile(workspace: &Workspace, quality: Quality) -> Result<PathBuf> {
    match quality {
        Quality::Draft => {
            cargo(workspace, "dev").run()?;
            Ok(module(workspace, "debug"))
        }
        Quality::Release => {
            if !compile_small(workspace)? {
                say::step("Building with the installed standard library instead: the bundle will be larger");
                cargo(workspace, "wasm-release").run()?;
            }
            Ok(module(workspace, "wasm-release"))
        }
    }
}

fn cargo(workspace: &Workspace, profile: &str) -> Command {
    let mut command = process::cargo(workspace);
    command.args(["build", "--package", "regain", "--lib", "--target", TRIPLE, "--profile", profile]);
    command
}

fn module(workspace: &Workspace, folder: &str) -> PathBuf {
    workspace.target(TRIPLE).join(folder).join("regain.wasm")
}

/// Compiles the standard library along, for size and without the text of panics: about a sixth of the bundle.
/// Whether it worked; it needs the source of the standard library, and unstable switches of this very compiler.
fn compile_small(workspace: &Workspace) -> Result<bool> {
    if let Err(problem) = RustSource::ensure(workspace) {
        say::line(&format!("{problem:#}"));
        return Ok(false);
    }
    cargo(workspace, "wasm-release")
        .args(["-Z", "build-std=std,panic_abort", "-Z", "build-std-features=optimize_for_size"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env(
            "RUSTFLAGS",
            "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
        )
        .succeeds()
}

/// Writes the glue, and optimises the module in a release.
pub fn bind(workspace: &Workspace, compiled: &Path, quality: Quality) -> Result<Bound> {
    let compiled = fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    if quality == Quality::Release {
        contents::check(&compiled)?;
    }
    let mut output = Bindgen::new()
        .input_bytes("regain", compiled)
        .web(true)?
        .typescript(false)
        .remove_name_section(quality == Quality::Release)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .generate_output()?;
    let inline: Vec<&String> =
        output.snippets().iter().filter(|(_, code)| !code.is_empty()).map(|(from, _)| from).collect();
    ensure!(
        inline.is_empty() && output.local_modules().is_empty(),
        "a dependency brings JavaScript of its own, which the bundle has no place for: {inline:?}"
    );
    let module = output.wasm_mut().emit_wasm();
    let glue = output.js().to_owned();
    let module = if quality == Quality::Release { optimised(workspace, module)? } else { module };
    Ok(Bound { glue, module })
}

fn optimised(workspace: &Workspace, module: Vec<u8>) -> Result<Vec<u8>> {
    let optimiser = npm::program(workspace, "wasm-opt");
    if !optimiser.exists() {
        say::step("wasm-opt is not installed: the bundle will be larger");
        return Ok(module);
    }
    let folder = tempfile::tempdir()?;
    let (before, after) = (folder.path().join("before.wasm"), folder.path().join("after.wasm"));
    fs::write(&before, module)?;
    let paths: [OsString; 3] = [before.into(), "-o".into(), after.clone().into()];
    Command::new(optimiser).args(["-Oz", "--strip-debug"]).args(FEATURES).args(paths).run()?;
    fs::read(&after).context("wasm-opt wrote nothing")
}
