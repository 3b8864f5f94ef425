//! `cargo xtask`, before it is built: `regain-xtask` takes two minutes to compile on a fresh machine, and people should
//! not look at an empty screen meanwhile. This program has no dependencies, so it speaks within seconds.
#![expect(clippy::disallowed_methods, reason = "it hands its environment on")]

use std::env;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().nth(3).unwrap_or(here);
    let target = root.join("target");
    let tool = target.join("debug/regain-xtask");
    let cargo = env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from);
    let mut build = Command::new(cargo);
    build.args(["build", "--package", "regain-xtask"]).current_dir(root).env("CARGO_TARGET_DIR", &target);
    // What cargo tells this program about itself would look like a change to the build scripts of the other.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if ["CARGO_BIN_", "CARGO_CRATE_", "CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_PRIMARY_"]
            .iter()
            .any(|part| text.starts_with(part))
        {
            build.env_remove(&name);
        }
    }
    if tool.exists() {
        // Cargo's own lines would stand above every answer.
        build.arg("--quiet");
    } else {
        say("==> First the tool that builds everything else: about 2 minutes on two cores, once");
    }
    match build.status() {
        Ok(status) if status.success() => {
            let problem = Command::new(&tool).args(env::args_os().skip(1)).exec();
            say(&format!("error: cannot start {}: {problem}", tool.display()));
        }
        Ok(_) => {}
        Err(problem) => say(&format!("error: cannot start cargo: {problem}")),
    }
    ExitCode::FAILURE
}

#[expect(clippy::print_stderr, reason = "a command-line tool talks")]
fn say(text: &str) {
    eprintln!("{text}");
}
