//! Where PostgreSQL's programs are.

use std::fs;
use std::path::{Path, PathBuf};

use crate::environment;

/// The folder of `initdb` and `postgres`, of the newest version there is. Debian keeps them off the search path.
pub fn programs() -> Option<PathBuf> {
    newest(Path::new("/usr/lib/postgresql")).or_else(|| {
        let initdb = environment::program("initdb")?;
        initdb.parent().filter(|folder| folder.join("postgres").exists()).map(Path::to_owned)
    })
}

fn newest(versions: &Path) -> Option<PathBuf> {
    let folders = fs::read_dir(versions).ok()?.filter_map(Result::ok);
    let versions = folders.filter_map(|folder| {
        let number: u32 = folder.file_name().to_str()?.parse().ok()?;
        let programs = folder.path().join("bin");
        programs.join("initdb").exists().then_some((number, programs))
    });
    versions.max().map(|(_, programs)| programs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_with_a_server_wins() {
        let folder = tempfile::tempdir().expect("a folder");
        for version in ["9", "15", "17"] {
            fs::create_dir_all(folder.path().join(version).join("bin")).expect("a folder");
        }
        for version in ["9", "15"] {
            fs::write(folder.path().join(version).join("bin/initdb"), "").expect("a file");
        }
        assert_eq!(newest(folder.path()), Some(folder.path().join("15/bin")));
    }
}
