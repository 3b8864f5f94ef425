//! Debian packages. With root they are installed; without, the error names each one.

use std::fs;
use std::os::unix::fs::PermissionsExt;
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
    pub const SLAPD: Self = Self {
        package: "slapd",
        why: "a directory that tests write passwords to",
        present: || Path::new("/usr/sbin/slapd").exists(),
    };
    pub const LDAP_UTILS: Self = Self {
        package: "ldap-utils",
        why: "asks the tests' directories whether a password works",
        present: || has("ldapsearch") && has("ldapmodify"),
    };
    /// `samba` alone is a file server, and has the program, too.
    pub const SAMBA: Self = Self {
        package: "samba-ad-dc",
        why: "the tests' domain controller",
        present: || Path::new("/usr/sbin/samba").exists() && installed("samba-ad-dc"),
    };
    pub const SAMBA_PROVISION: Self = Self {
        package: "samba-ad-provision",
        why: "makes the tests' domain",
        present: || Path::new("/usr/share/samba/setup").exists(),
    };
    pub const LDB_TOOLS: Self = Self {
        package: "ldb-tools",
        why: "makes a password of the tests' domain old",
        present: || has("ldbmodify"),
    };
    pub const KERBEROS: Self =
        Self { package: "krb5-user", why: "signs in to the tests' domain", present: || has("kinit") };
    pub const PAMTESTER: Self = Self {
        package: "pamtester",
        why: "signs in to the tests' domain as machines do",
        present: || has("pamtester"),
    };
    pub const PAM_WRAPPER: Self = Self {
        package: "libpam-wrapper",
        why: "keeps that sign-in away from the machine's own",
        present: || installed("libpam-wrapper"),
    };
    pub const FONTS: Self = Self {
        package: "fonts-dejavu-core",
        why: "text in screenshots",
        present: || Path::new("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf").exists(),
    };
}

fn has(program: &str) -> bool {
    environment::program(program).is_some()
}

/// Whether dpkg knows the files of the package, for which it may add the architecture.
fn installed(package: &str) -> bool {
    let Ok(files) = fs::read_dir("/var/lib/dpkg/info") else { return false };
    files.filter_map(Result::ok).any(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        let of = name.strip_suffix(".list").map(|name| name.split(':').next() == Some(package));
        of == Some(true)
    })
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
    let no_services = NoServices::declare()?;
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    // An old package list is no reason to stop: the packages may well be known.
    apt().args(["update", "--quiet"]).succeeds()?;
    apt().args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages).run()?;
    no_services.forget(packages);
    Ok(())
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

/// While this lives, a package that is installed starts no server of its own, which would listen on all addresses.
struct NoServices {
    is_ours: bool,
}

impl NoServices {
    /// Debian's scripts ask this program before they start something (`invoke-rc.d(8)`); 101 is *no*.
    const FILE: &str = "/usr/sbin/policy-rc.d";

    /// What the packages would start with the machine.
    const SERVICES: [(&str, &[&str]); 2] =
        [("slapd", &["slapd"]), ("samba-ad-dc", &["samba-ad-dc", "smbd", "nmbd", "winbind"])];

    fn declare() -> Result<Self> {
        // A machine that has its own answer keeps it.
        if Path::new(Self::FILE).exists() {
            return Ok(Self { is_ours: false });
        }
        fs::write(Self::FILE, "#!/bin/sh\nexit 101\n").context("cannot prepare the installation")?;
        fs::set_permissions(Self::FILE, fs::Permissions::from_mode(0o755))?;
        Ok(Self { is_ours: true })
    }

    /// Nor does one start when the machine does.
    fn forget(&self, packages: &[&str]) {
        let services = Self::SERVICES.iter().filter(|(package, _)| packages.contains(package));
        for service in services.flat_map(|(_, services)| *services) {
            // Where there is no systemd nothing starts by itself.
            let _ = Command::new("systemctl").args(["--quiet", "disable", service]).output();
        }
    }
}

impl Drop for NoServices {
    fn drop(&mut self) {
        if self.is_ours {
            // It says no more than that services stay off, which somebody sees who wants one.
            let _ = fs::remove_file(Self::FILE);
        }
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
