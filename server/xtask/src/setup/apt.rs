//! Debian packages. With root they are installed; without, the error names each one.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::postgres;
use crate::process::Run;
use crate::{environment, say};

/// Something that a Debian package provides.
pub struct Need {
    package: &'static str,
    why: &'static str,
    present: fn() -> bool,
}

impl Need {
    pub const NODE: Self =
        Self { package: "nodejs", why: "runs wasm-opt and the browser tests", present: || has("node") };
    pub const NPM: Self =
        Self { package: "npm", why: "installs the packages of end2end", present: || has("npm") };
    pub const POSTGRES: Self = Self {
        package: "postgresql",
        why: "tests run on SQLite and on PostgreSQL",
        present: || postgres::programs().is_some(),
    };
    /// Without the desktop's windows and its graphics process: half the time of the full browser.
    pub const CHROMIUM: Self = Self {
        package: "chromium-headless-shell",
        why: "the browser of the tests",
        present: || has("chromium-headless-shell"),
    };
    /// Its push service can be one on this machine; Chromium's cannot.
    pub const FIREFOX: Self = Self {
        package: "firefox-esr",
        why: "the tests' phone that is woken by web push",
        present: || has("firefox-esr"),
    };
    pub const OATHTOOL: Self =
        Self { package: "oathtool", why: "the tests' authenticator app", present: || has("oathtool") };
    pub const PGBOUNCER: Self = Self {
        package: "pgbouncer",
        why: "the pooler that the store is tested behind",
        present: || has("pgbouncer") || Path::new("/usr/sbin/pgbouncer").exists(),
    };
    pub const TWILIO: Self = Self {
        package: "python3-twilio",
        why: "Twilio's own client, which the tests hold the gateways against",
        present: || Path::new("/usr/lib/python3/dist-packages/twilio").exists(),
    };
    pub const ZBAR: Self =
        Self { package: "zbar-tools", why: "reads QR codes in the tests", present: || has("zbarimg") };
    pub const FONTS: Self = Self {
        package: "fonts-dejavu-core",
        why: "text in screenshots",
        present: || Path::new("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").exists(),
    };
}

fn has(program: &str) -> bool {
    environment::program(program).is_some()
}

/// Makes sure that all are there.
pub fn ensure(needs: &[Need]) -> Result<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !(need.present)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if !environment::is_root() || !has("apt-get") {
        bail!("{}", instruction(&missing));
    }
    for need in &missing {
        say::installing(&format!("the Debian package {}", need.package), need.why);
    }
    install(&packages)?;
    match missing.iter().find(|need| !(need.present)()) {
        Some(need) => bail!("{} was installed, but what it should bring is still missing", need.package),
        None => Ok(()),
    }
}

fn instruction(missing: &[&Need]) -> String {
    let reasons: Vec<String> =
        missing.iter().map(|need| format!("  {}: {}", need.package, need.why)).collect();
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    format!("missing packages:\n{}\nas root: apt-get install {}", reasons.join("\n"), packages.join(" "))
}

fn install(packages: &[&str]) -> Result<()> {
    let _no_cluster = NoCluster::declare()?;
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    // An old package list is no reason to stop: the packages may well be known.
    apt().args(["update", "--quiet"]).succeeds()?;
    apt().args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages).run()
}

/// While this lives, installing PostgreSQL creates and starts no cluster of its own.
struct NoCluster;

impl NoCluster {
    const FOLDER: &str = "/etc/postgresql-common/createcluster.d";
    const FILE: &str = "/etc/postgresql-common/createcluster.d/regain.conf";

    fn declare() -> Result<Self> {
        fs::create_dir_all(Self::FOLDER).context("cannot prepare the installation of PostgreSQL")?;
        fs::write(Self::FILE, "create_main_cluster = false\n")
            .context("cannot prepare the installation of PostgreSQL")?;
        Ok(Self)
    }
}

impl Drop for NoCluster {
    fn drop(&mut self) {
        // What is left behind would only say what this installation wanted anyway.
        let _ = fs::remove_file(Self::FILE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_instruction_names_each_package_and_the_command() {
        let text = instruction(&[&Need::CHROMIUM, &Need::FONTS]);
        assert!(text.contains("chromium-headless-shell: the browser of the tests"), "{text}");
        assert!(text.ends_with("apt-get install chromium-headless-shell fonts-dejavu-core"), "{text}");
    }

    #[test]
    fn what_is_there_needs_nothing() {
        let here = Need { package: "none", why: "nothing", present: || true };
        assert!(ensure(&[here]).is_ok());
    }
}
