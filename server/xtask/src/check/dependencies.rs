//! What the product is built from: which crates, from where, under which licence.
//! `deny.toml` says the same to `cargo deny`, which takes longer to install than this takes to run.

use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::licence;
use crate::process::{self, Run};
use crate::setup::wasm_target::TRIPLE;
use crate::workspace::Workspace;

/// TLS is rustls, everywhere.
const BANNED: [&str; 4] = ["openssl", "openssl-sys", "native-tls", "schannel"];

/// Each of these would cost the bundle more than all islands together.
const BANNED_IN_BROWSER: [&str; 6] = ["regex", "fluent-bundle", "jiff", "sqlx", "tokio", "zxcvbn"];

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    /// None for the workspace's own.
    source: Option<String>,
}

/// Crates that are banned, from elsewhere, or under a licence that is not allowed.
pub fn problems(workspace: &Workspace) -> Result<Vec<String>> {
    let text = process::cargo(workspace).args(["metadata", "--format-version", "1", "--locked"]).read()?;
    let metadata: Metadata =
        serde_json::from_str(&text).context("cannot read what cargo says of the packages")?;
    Ok(metadata.packages.iter().flat_map(problems_of).collect())
}

fn problems_of(package: &Package) -> Vec<String> {
    let Package { name, version, license, source } = package;
    let mut problems = Vec::new();
    if BANNED.contains(&name.as_str()) {
        problems.push(format!("{name} {version} is banned: TLS is rustls"));
    }
    if source.as_deref().is_some_and(|source| source != REGISTRY) {
        problems.push(format!("{name} {version} does not come from crates.io"));
    }
    let license = license.as_deref().unwrap_or("no licence");
    if !licence::allowed(license) {
        problems.push(format!("{name} {version} is under {license}"));
    }
    problems
}

/// The npm lock file is for every registry: it names hashes, and no host.
pub fn problems_in_npm_lock(workspace: &Workspace) -> Result<Vec<String>> {
    let lock = fs::read_to_string(workspace.path("end2end/package-lock.json"))?;
    let hosts = lock.lines().map(str::trim).filter(|line| line.starts_with("\"resolved\""));
    let fix = "npm install --omit-lockfile-registry-resolved";
    Ok(hosts.take(1).map(|line| format!("package-lock.json has {line}; {fix}")).collect())
}

/// Crates in the bundle that do not belong there.
pub fn problems_in_browser(workspace: &Workspace) -> Result<Vec<String>> {
    let tree = process::cargo(workspace)
        .args(["tree", "--locked", "--package", "regain", "--target", TRIPLE])
        .args(["--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"])
        .read()?;
    Ok(banned_in_browser(&tree))
}

fn banned_in_browser(tree: &str) -> Vec<String> {
    let names = tree.lines().filter_map(|line| line.split_whitespace().next());
    let mut banned: Vec<String> = names
        .filter(|name| BANNED_IN_BROWSER.contains(name))
        .map(|name| format!("{name} is in the WebAssembly bundle"))
        .collect();
    banned.sort();
    banned.dedup();
    banned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, license: Option<&str>, source: Option<&str>) -> Package {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            license: owned(license),
            source: owned(source),
        }
    }

    #[test]
    fn a_usual_crate_is_fine() {
        assert!(problems_of(&package("serde", Some("MIT OR Apache-2.0"), Some(REGISTRY))).is_empty());
        assert!(problems_of(&package("regain", Some("MIT OR Apache-2.0"), None)).is_empty());
    }

    #[test]
    fn each_fault_is_named() {
        let all = problems_of(&package("openssl", None, Some("git+https://example.com/openssl")));
        assert_eq!(all.len(), 3, "{all:?}");
    }

    #[test]
    fn only_whole_names_are_banned_in_the_browser() {
        assert!(banned_in_browser("regain v0.1.0\nregex-lite v1.0.0\n").is_empty());
        assert_eq!(
            banned_in_browser("regex v1.0.0\nregex v1.0.0 (*)\n"),
            ["regex is in the WebAssembly bundle"]
        );
    }
}
