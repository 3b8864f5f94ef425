//! The unpacked package.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::Run;
use crate::setup::unpacked;

/// Where things are in it.
pub struct Package {
    root: PathBuf,
    libraries: PathBuf,
}

impl Package {
    pub fn at(root: &Path) -> Result<Self> {
        let own = unpacked::library(root, "dirsrv")?;
        let libraries = own.parent().context("no folder of libraries")?.to_owned();
        Ok(Self { root: root.to_owned(), libraries })
    }

    /// The server.
    pub fn server(&self) -> PathBuf {
        self.root.join("usr/sbin/ns-slapd")
    }

    /// Something of the package's data.
    pub fn shared(&self, relative: &str) -> PathBuf {
        self.root.join("usr/share/dirsrv").join(relative)
    }

    /// Something of its configuration.
    pub fn configuration(&self, relative: &str) -> PathBuf {
        self.root.join("etc/dirsrv").join(relative)
    }

    /// The server is told the names of its plug-ins and looks for them where Debian would have put them, unless a file
    /// of just that name is in the folder it was started from. This is that folder.
    pub fn plugins(&self) -> Result<PathBuf> {
        let folder = self.libraries.join("dirsrv/plugins");
        for file in fs::read_dir(&folder)? {
            let path = file?.path();
            let bare = path.with_extension("");
            if path.extension().is_some_and(|end| end == "so") && !bare.exists() {
                symlink(path.file_name().context("a file has a name")?, &bare)?;
            }
        }
        Ok(folder)
    }

    /// For `LD_LIBRARY_PATH`.
    pub fn search_path(&self) -> Result<OsString> {
        let folders = [self.libraries.clone(), self.libraries.join("dirsrv"), self.plugins()?];
        Ok(std::env::join_paths(folders)?)
    }

    /// Runs NSS's `certutil` there; what it printed.
    pub fn certutil(&self, folder: &Path, arguments: &[&str]) -> Result<String> {
        let mut tool = Command::new(self.root.join("usr/bin/certutil"));
        tool.env("LD_LIBRARY_PATH", &self.libraries).args(arguments).current_dir(folder);
        tool.read()
    }
}
