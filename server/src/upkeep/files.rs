//! Whether the files of an embedded database can be written, told by name before SQLite says it without one.

use std::fs::OpenOptions;
use std::io::ErrorKind;

use anyhow::bail;

use super::single::database_file;
use crate::config::Config;

/// What SQLite keeps: the database, what was written since the last checkpoint, and the index of that.
const ENDINGS: [&str; 3] = ["", "-wal", "-shm"];

/// Refuses files that are there and cannot be written. On PostgreSQL there are none.
pub fn check_files(config: &Config) -> anyhow::Result<()> {
    let Some(database) = database_file(config) else { return Ok(()) };
    for ending in ENDINGS {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        let file = std::path::Path::new(&name);
        match OpenOptions::new().read(true).append(true).open(file) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => bail!(
                "the database file {} cannot be written ({error}); give it back to the account that regain runs as, \
                 together with its folder",
                file.display()
            ),
        }
    }
    Ok(())
}
