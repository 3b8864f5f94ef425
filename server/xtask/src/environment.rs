//! What xtask reads from its environment, in one place.
#![expect(clippy::disallowed_methods, reason = "the one place of xtask that reads environment variables")]

use std::env;
use std::ffi::OsString;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

/// The cargo that runs xtask.
pub fn cargo() -> PathBuf {
    env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

/// Where a program is, if it is on the search path.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|candidate| candidate.is_file())
}

/// A server to attack in place of the release build, while one works on the attacks.
pub fn attacked_binary() -> Option<PathBuf> {
    env::var_os("REGAIN_ATTACK_BINARY").map(PathBuf::from)
}

/// Whether this process is root.
pub fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// What `cargo run` tells this program about itself, by name. Handed on to another cargo, it would look like a change to
/// build scripts that read such variables, and most dependencies would be compiled once more.
pub fn told_by_cargo() -> Vec<OsString> {
    let told = |name: &OsString| {
        let name = name.to_string_lossy();
        ["CARGO_BIN_", "CARGO_CRATE_", "CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_PRIMARY_"]
            .iter()
            .any(|part| name.starts_with(part))
    };
    env::vars_os().map(|(name, _)| name).filter(told).collect()
}
