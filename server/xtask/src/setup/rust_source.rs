//! The source of the standard library, for the version of `rustc` in use: from rustup, else from Debian.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::wasm_target::from_rustup;
use crate::process::Run;
use crate::say;
use crate::workspace::Workspace;

/// Proof that the source is where cargo looks for it.
pub struct RustSource;

impl RustSource {
    /// The source, if it is there already.
    pub fn installed() -> Result<Option<Self>> {
        Ok(folder()?.join("library/Cargo.lock").exists().then_some(Self))
    }

    /// The source, fetched if need be.
    pub fn ensure(workspace: &Workspace) -> Result<Self> {
        if let Some(source) = Self::installed()? {
            return Ok(source);
        }
        say::installing(
            "the source of Rust's standard library",
            "WebAssembly is built with a copy made for size",
        );
        if !from_rustup("component", "rust-src")? || Self::installed()?.is_none() {
            say::step("rustup cannot deliver it: asking the Debian archive");
            from_debian(workspace)?;
        }
        Self::installed()?.context("the source was fetched, but cargo would not find it")
    }
}

fn folder() -> Result<PathBuf> {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).read()?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib/src/rust"))
}

/// `1.95.0` of `rustc 1.95.0 (59807616e 2026-04-14)`.
fn compiler_version() -> Result<String> {
    let text = Command::new("rustc").arg("--version").read()?;
    text.split_whitespace().nth(1).map(str::to_owned).context("rustc does not say its version")
}

/// Debian's package is for all architectures and needs no installation: it is fetched and unpacked aside, with
/// package lists of its own, so that the machine's apt stays as it is.
fn from_debian(workspace: &Workspace) -> Result<()> {
    let version = compiler_version()?;
    let apt = PrivateApt::new(workspace.target("rust-source"))?;
    let package = apt.choose("rust-src", &version)?;
    apt.download(&format!("rust-src={package}"))?;
    let unpacked = apt.unpack()?;
    let library = unpacked.join(format!("usr/src/rustc-{version}/library"));
    let destination = folder()?;
    fs::create_dir_all(&destination).with_context(|| format!("cannot write to {}", destination.display()))?;
    Command::new("cp").arg("-a").arg(&library).arg(&destination).run()?;
    fs::remove_dir_all(&apt.state)?;
    Ok(())
}

/// apt with its own sources and state.
struct PrivateApt {
    state: PathBuf,
}

impl PrivateApt {
    fn new(state: PathBuf) -> Result<Self> {
        for folder in ["lists/partial", "cache/archives/partial", "unpacked"] {
            fs::create_dir_all(state.join(folder))?;
        }
        let source = format!(
            "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] {} trixie-backports main\n",
            archive()?
        );
        fs::write(state.join("sources.list"), source)?;
        let apt = Self { state };
        apt.command("apt-get").args(["update", "--quiet"]).run()?;
        Ok(apt)
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let option = |name: &str, value: &str| format!("{name}={}", self.state.join(value).display());
        command
            .current_dir(&self.state)
            .args(["-o", &option("Dir::Etc::sourcelist", "sources.list")])
            .args(["-o", "Dir::Etc::sourceparts=/dev/null"])
            .args(["-o", &option("Dir::State::lists", "lists")])
            .args(["-o", &option("Dir::Cache", "cache")]);
        // Root's apt would otherwise want to fetch as a user who cannot write here.
        command.args(["-o", "APT::Sandbox::User=root"]);
        command
    }

    fn choose(&self, package: &str, version: &str) -> Result<String> {
        let offers = self.command("apt-cache").args(["madison", package]).read()?;
        let found = matching(&offers, version).map(str::to_owned);
        found.with_context(|| format!("no {package} for {version} in the Debian archive; it has:\n{offers}"))
    }

    fn download(&self, package: &str) -> Result<()> {
        self.command("apt-get").args(["download", "--quiet", package]).run()
    }

    fn unpack(&self) -> Result<PathBuf> {
        let files = fs::read_dir(&self.state)?.collect::<std::io::Result<Vec<_>>>()?;
        let archive = files
            .iter()
            .map(fs::DirEntry::path)
            .find(|file| file.extension().is_some_and(|end| end == "deb"));
        let unpacked = self.state.join("unpacked");
        Command::new("dpkg")
            .arg("-x")
            .arg(archive.context("nothing was downloaded")?)
            .arg(&unpacked)
            .run()?;
        Ok(unpacked)
    }
}

/// The version of a `madison` listing that packages this upstream version.
fn matching<'a>(offers: &'a str, version: &str) -> Option<&'a str> {
    let versions = offers.lines().filter_map(|line| line.split('|').nth(1)).map(str::trim);
    versions.into_iter().find(|offer| offer.split(['+', '-', '~']).next() == Some(version))
}

/// The archive that this machine is configured to use.
fn archive() -> Result<String> {
    let targets = Command::new("apt-get").args(["indextargets", "--format", "$(REPO_URI)"]).read()?;
    match targets.lines().find(|address| address.trim_end_matches('/').ends_with("/debian")) {
        Some(address) => Ok(address.to_owned()),
        None => bail!("apt has no Debian archive configured; install the rustup component rust-src"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_of_the_same_compiler_is_chosen() {
        let offers =
            " rust-src | 1.96.1+dfsg1-2~bpo13+1 | archive\n rust-src | 1.95.0+dfsg1-2~bpo13+1 | archive\n";
        assert_eq!(matching(offers, "1.95.0"), Some("1.95.0+dfsg1-2~bpo13+1"));
        assert_eq!(matching(offers, "1.95"), None);
    }
}
