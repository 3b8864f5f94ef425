//! Debian packages that are unpacked below `target/` and not installed: the machine stays as it is, and no root is needed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::Run;
use crate::workspace::Workspace;
use crate::{environment, say};

/// The folder into which these packages were unpacked, now or by an earlier run.
pub fn ensure(workspace: &Workspace, name: &str, why: &str, packages: &[&str]) -> Result<PathBuf> {
    let folder = workspace.target("debian").join(name);
    let stamp = folder.join(".packages");
    let wanted = packages.join(" ");
    if fs::read_to_string(&stamp).is_ok_and(|unpacked| unpacked == wanted) {
        return Ok(folder);
    }
    if environment::program("apt-get").is_none() {
        bail!("{name} comes as Debian packages, and there is no apt-get here");
    }
    say::installing(&format!("{name} below target/, from the Debian packages {wanted}"), why);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let archives = tempfile::tempdir()?;
    download(archives.path(), packages)?;
    for archive in fs::read_dir(archives.path())? {
        Command::new("dpkg").arg("--extract").arg(archive?.path()).arg(&folder).run()?;
    }
    fs::write(stamp, wanted)?;
    Ok(folder)
}

/// Package lists may be old or missing; only root may renew them.
fn download(into: &Path, packages: &[&str]) -> Result<()> {
    let get = || {
        let mut apt = Command::new("apt-get");
        // Root's apt would otherwise want to fetch as a user who cannot write here.
        apt.args(["-o", "APT::Sandbox::User=root", "--quiet", "download"]).args(packages).current_dir(into);
        apt.read()
    };
    if get().is_err() && environment::is_root() {
        Command::new("apt-get").args(["update", "--quiet"]).run()?;
    }
    get().map(drop).context("the packages cannot be fetched")
}

/// The one file or folder with this end in any of the places where Debian has libraries: `lib/<architecture>/<end>`.
pub fn library(root: &Path, end: &str) -> Result<PathBuf> {
    let places = ["usr/lib", "lib"].into_iter().filter_map(|place| fs::read_dir(root.join(place)).ok());
    let folders = places.flatten().filter_map(Result::ok).map(|folder| folder.path().join(end));
    folders
        .into_iter()
        .find(|path| path.exists())
        .with_context(|| format!("no {end} below {}", root.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unpacked_is_not_fetched_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let workspace = Workspace::at(folder.path().to_owned());
        let unpacked = workspace.target("debian").join("thing");
        fs::create_dir_all(&unpacked).expect("a folder");
        fs::write(unpacked.join(".packages"), "no-such-package").expect("a file");
        let found = ensure(&workspace, "thing", "a test", &["no-such-package"]).expect("nothing to fetch");
        assert_eq!(found, unpacked);
    }

    #[test]
    fn libraries_are_found_for_every_architecture() {
        let root = tempfile::tempdir().expect("a folder");
        let module = root.path().join("lib/m68k-linux-gnu/security/pam_thing.so");
        fs::create_dir_all(module.parent().expect("a folder")).expect("a folder");
        fs::write(&module, "").expect("a file");
        assert_eq!(library(root.path(), "security/pam_thing.so").expect("the module"), module);
        assert!(library(root.path(), "security/pam_other.so").is_err());
    }
}
