//! The standard library for `wasm32-unknown-unknown`: from rustup, else built from the compiler's own source.
//!
//! There is no `rust-toolchain.toml` with this target: rustup would insist on downloading, even where it cannot.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};

use super::RustSource;
use crate::process::Run;
use crate::workspace::Workspace;
use crate::{environment, say};

/// The target's name.
pub const TRIPLE: &str = "wasm32-unknown-unknown";

/// rustup tries long and patiently; a machine that cannot reach it should not wait.
const PATIENCE: Duration = Duration::from_mins(2);

/// Makes sure that `cargo build --target wasm32-unknown-unknown` works.
pub fn ensure(workspace: &Workspace) -> Result<()> {
    let libraries = libraries()?;
    if is_installed(&libraries) {
        return Ok(());
    }
    say::installing(&format!("the Rust target {TRIPLE}"), "the pages' islands are WebAssembly");
    if from_rustup("target", TRIPLE)? && is_installed(&libraries) {
        return Ok(());
    }
    say::step("rustup cannot deliver it: building the standard library from source");
    from_source(workspace, &libraries)
}

/// Asks rustup for a target or a component; whether it could.
pub(super) fn from_rustup(kind: &str, name: &str) -> Result<bool> {
    if environment::program("rustup").is_none() {
        return Ok(false);
    }
    Command::new("rustup")
        .args([kind, "add", name])
        .env("RUSTUP_MAX_RETRIES", "0")
        .stderr(Stdio::null())
        .succeeds_within(PATIENCE)
}

fn libraries() -> Result<PathBuf> {
    let folder = Command::new("rustc").args(["--print", "target-libdir", "--target", TRIPLE]).read()?;
    Ok(PathBuf::from(folder.trim()))
}

fn is_installed(libraries: &Path) -> bool {
    fs::read_dir(libraries).is_ok_and(|mut files| {
        files.any(|file| file.is_ok_and(|file| file.file_name().to_string_lossy().starts_with("libstd-")))
    })
}

fn from_source(workspace: &Workspace, libraries: &Path) -> Result<()> {
    RustSource::ensure(workspace)?;
    let build = tempfile::tempdir()?;
    empty_crate(build.path())?;
    Command::new(environment::cargo())
        .args(["build", "--release", "--quiet", "--target", TRIPLE])
        .args(["-Z", "build-std=std,panic_abort,proc_macro"])
        .current_dir(build.path())
        .env("CARGO_TARGET_DIR", build.path().join("target"))
        // Cargo's own switch for building the standard library; for this command only.
        .env("RUSTC_BOOTSTRAP", "1")
        .run()?;
    install(&build.path().join("target").join(TRIPLE).join("release/deps"), libraries)
        .with_context(|| format!("cannot install the target into {}", libraries.display()))
}

fn empty_crate(folder: &Path) -> Result<()> {
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
                    [profile.release]\npanic = \"abort\"\n[workspace]\n";
    fs::create_dir(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("src/lib.rs"), "")?;
    Ok(())
}

/// Copies the libraries, `libstd` last: its presence says that all are there.
fn install(built: &Path, libraries: &Path) -> Result<()> {
    fs::create_dir_all(libraries)?;
    let mut files: Vec<PathBuf> = fs::read_dir(built)?
        .map(|file| Ok(file?.path()))
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .filter(|file| file.extension() == Some(OsStr::new("rlib")) && !name(file).starts_with("libempty-"))
        .collect();
    files.sort_by_key(|file| name(file).starts_with("libstd-"));
    for file in files {
        fs::copy(&file, libraries.join(name(&file)))?;
    }
    Ok(())
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_standard_library_is_installed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (built, libraries) = (folder.path().join("deps"), folder.path().join("lib"));
        fs::create_dir(&built).expect("a folder");
        for file in ["libstd-1.rlib", "libcore-2.rlib", "libcore-2.rmeta", "libempty-3.rlib"] {
            fs::write(built.join(file), "").expect("a file");
        }
        assert!(!is_installed(&libraries));
        install(&built, &libraries).expect("installed");
        assert!(is_installed(&libraries));
        let mut names: Vec<String> = fs::read_dir(&libraries)
            .expect("a folder")
            .map(|file| name(&file.expect("a file").path()))
            .collect();
        names.sort();
        assert_eq!(names, ["libcore-2.rlib", "libstd-1.rlib"]);
    }
}
