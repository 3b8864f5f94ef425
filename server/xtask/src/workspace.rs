//! Where things are.

use std::path::{Path, PathBuf};

/// The checkout.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The checkout that this xtask was built from.
    pub fn find() -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self { root: here.ancestors().nth(2).unwrap_or(here).to_owned() }
    }

    /// Another checkout.
    pub fn at(root: PathBuf) -> Self {
        Self { root }
    }

    /// The top of the checkout, or something below it.
    pub fn path(&self, relative: &str) -> PathBuf {
        if relative.is_empty() { self.root.clone() } else { self.root.join(relative) }
    }

    /// Build output. Fixed, because debug builds of the server look for the bundle there.
    pub fn target(&self, relative: &str) -> PathBuf {
        self.root.join("target").join(relative)
    }

    /// The bundle that the server embeds.
    pub fn site(&self) -> PathBuf {
        self.target("site")
    }
}
