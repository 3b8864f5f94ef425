//! What must hold for the source, besides its tests: format, lints, dependencies, sizes.

mod dependencies;
mod licence;
pub mod sizes;
mod threats;

use anyhow::Result;

use crate::process::{self, Run};
use crate::setup::npm;
use crate::setup::wasm_target::TRIPLE;
use crate::workspace::Workspace;

/// A check: its name, and what finds the problems. No problem means that it passed.
pub struct Check {
    pub name: &'static str,
    pub problems: fn(&Workspace) -> Result<Vec<String>>,
}

/// All of them, quick ones first.
pub const ALL: [Check; 9] = [
    Check { name: "source files are short", problems: sizes::problems },
    Check { name: "numbers of threats are explained", problems: threats::problems },
    Check { name: "format", problems: |workspace| cargo(workspace, &["fmt", "--all", "--check"]) },
    Check { name: "dependencies and their licences", problems: dependencies::problems },
    Check { name: "the npm lock file names no host", problems: dependencies::problems_in_npm_lock },
    Check {
        name: "lints of the server",
        problems: |workspace| {
            clippy(workspace, &["--workspace", "--all-targets", "--features", "regain-server/test-seams"])
        },
    },
    Check {
        name: "lints of the islands",
        problems: |workspace| {
            clippy(workspace, &["--package", "regain-app", "--features", "hydrate", "--target", TRIPLE])
        },
    },
    Check {
        name: "lints of the browser's entry",
        problems: |workspace| clippy(workspace, &["--package", "regain", "--target", TRIPLE]),
    },
    Check { name: "types of the browser tests", problems: typecheck },
];

fn clippy(workspace: &Workspace, selection: &[&str]) -> Result<Vec<String>> {
    cargo(workspace, &[&["clippy", "--quiet"], selection, &["--", "--deny", "warnings"]].concat())
}

fn cargo(workspace: &Workspace, arguments: &[&str]) -> Result<Vec<String>> {
    let passed = process::cargo(workspace).args(arguments).succeeds()?;
    Ok(if passed { Vec::new() } else { vec![format!("cargo {}", arguments.join(" "))] })
}

fn typecheck(workspace: &Workspace) -> Result<Vec<String>> {
    let mut compiler = std::process::Command::new(npm::program(workspace, "tsc"));
    let passed = compiler.arg("--noEmit").current_dir(workspace.path("end2end")).succeeds()?;
    Ok(if passed { Vec::new() } else { vec!["tsc --noEmit".to_owned()] })
}
