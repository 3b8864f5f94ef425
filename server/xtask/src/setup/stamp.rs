//! Remembers what an installed thing was made from, so that set-up does nothing the second time.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Whether `stamp` says that `source` was already dealt with, byte for byte.
pub fn fresh(stamp: &Path, source: &Path) -> bool {
    matches!((fs::read_to_string(stamp), digest(source)), (Ok(old), Ok(new)) if old == new)
}

/// Remembers that `source` has been dealt with.
pub fn write(stamp: &Path, source: &Path) -> Result<()> {
    fs::write(stamp, digest(source)?).with_context(|| format!("cannot write {}", stamp.display()))
}

fn digest(source: &Path) -> Result<String> {
    let bytes = fs::read(source).with_context(|| format!("cannot read {}", source.display()))?;
    Ok(crate::bundle::hex(&Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_source_is_stale() {
        let folder = tempfile::tempdir().expect("a folder");
        let (stamp, source) = (folder.path().join("stamp"), folder.path().join("source"));
        fs::write(&source, "one").expect("a file");
        assert!(!fresh(&stamp, &source));
        write(&stamp, &source).expect("a stamp");
        assert!(fresh(&stamp, &source));
        fs::write(&source, "two").expect("a file");
        assert!(!fresh(&stamp, &source));
    }
}
