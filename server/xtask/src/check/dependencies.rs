//! What the product is built from: which crates, from where, under which licence.
//! `deny.toml` says the same to `cargo deny`, which takes longer to install than this takes to run.

use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::licence;
use crate::process::{self, Run};
use crate::workspace::Workspace;

/// TLS is rustls, everywhere.
const BANNED: [&str; 3] = ["native-tls", "openssl", "openssl-sys"];

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
}
