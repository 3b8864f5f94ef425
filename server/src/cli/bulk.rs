//! What the commands for bulk files share.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::Context as _;

/// The file, or standard input for `-`.
pub(super) fn input(file: &Path) -> anyhow::Result<Box<dyn Read + Send>> {
    if file == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    let opened = File::open(file).with_context(|| format!("cannot open {}", file.display()))?;
    Ok(Box::new(opened))
}

/// Tells a refused row on standard error.
pub(super) fn refused(line: u64, reason: &str) {
    eprintln!("line {line}: {reason}");
}
