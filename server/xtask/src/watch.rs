//! `cargo xtask watch`: rebuilds and restarts the server whenever a source file changes.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::bundle::{self, Quality};
use crate::server::Server;
use crate::workspace::Workspace;
use crate::{build, say, setup};

const INTERVAL: Duration = Duration::from_millis(500);

/// What the product is made from; xtask itself is not.
const SOURCES: [&str; 11] = [
    "Cargo.toml",
    "app",
    "public",
    "server/Cargo.toml",
    "server/build.rs",
    "server/channels",
    "server/directory",
    "server/src",
    "server/store",
    "src",
    "style",
];

/// Never ends by itself.
pub fn forever(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    setup::for_build(workspace)?;
    let mut server = None;
    loop {
        let seen = state(workspace);
        match rebuild(workspace) {
            Ok(binary) => {
                // The one before has to let go of the database and the port first.
                drop(server.take());
                server = Some(Server::start(&binary, arguments, &[])?);
            }
            Err(problem) => say::problem(&format!("{problem:#}")),
        }
        while state(workspace) == seen {
            std::thread::sleep(INTERVAL);
        }
    }
}

/// Builds what has changed.
pub fn rebuild(workspace: &Workspace) -> Result<PathBuf> {
    bundle::make(workspace, Quality::Draft)?;
    build::debug(workspace)
}

/// How many files there are and when the youngest was written: one of them differs after any change.
#[derive(Debug, Default, PartialEq, Eq)]
struct State {
    files: usize,
    youngest: Option<SystemTime>,
}

fn state(workspace: &Workspace) -> State {
    let mut state = State::default();
    for source in SOURCES {
        state.add(&workspace.path(source));
    }
    state
}

impl State {
    /// A file that vanishes meanwhile is a change that the next look sees.
    fn add(&mut self, path: &Path) {
        if let Ok(entries) = fs::read_dir(path) {
            entries.filter_map(Result::ok).for_each(|entry| self.add(&entry.path()));
        } else if let Ok(written) = fs::metadata(path).and_then(|data| data.modified()) {
            self.files += 1;
            self.youngest = self.youngest.max(Some(written));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state_of(folder: &Path) -> State {
        let mut state = State::default();
        state.add(folder);
        state
    }

    #[test]
    fn a_new_file_and_a_new_content_are_changes() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("pages")).expect("a folder");
        let file = folder.path().join("pages/reset.rs");
        let empty = state_of(folder.path());
        fs::write(&file, "").expect("a file");
        let one = state_of(folder.path());
        assert_ne!(empty, one);
        let later = SystemTime::UNIX_EPOCH + Duration::from_hours(1_000_000);
        fs::File::options()
            .write(true)
            .open(&file)
            .and_then(|file| file.set_modified(later))
            .expect("a time");
        assert_ne!(one, state_of(folder.path()));
    }
}
