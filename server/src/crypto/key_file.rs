//! The file with the master keys: one on each line, the current one first. It never gets into the database.

use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use anyhow::{Context as _, ensure};
use data_encoding::BASE64URL_NOPAD;
use regain_core::entropy::Entropy;
use regain_core::secret::SecretBytes;

use super::{KEY, Keys};

/// The bytes of every key in the file, the current one first. Others must not be able to read it (F45).
pub(super) fn read(file: &Path) -> anyhow::Result<Vec<[u8; KEY]>> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("cannot read the key file {shown}"))?;
    let text = SecretBytes::from(text.into_bytes());
    let mode = std::fs::metadata(file)?.permissions().mode();
    ensure!(mode & 0o077 == 0, "the key file {shown} can be read by others; run: chmod 600 {shown}");
    let lines = text.expose().split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    let masters = lines.filter(|line| !line.is_empty()).map(|line| {
        let bytes = BASE64URL_NOPAD.decode(line).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.with_context(|| {
            format!(
                "the key file {shown} is damaged: each line must hold 32 bytes as 43 characters of base64url"
            )
        })
    });
    let masters: Vec<[u8; KEY]> = masters.collect::<anyhow::Result<_>>()?;
    ensure!(!masters.is_empty(), "the key file {shown} is empty");
    Ok(masters)
}

/// Writes a new master key, readable by its owner alone. Fails when the file exists.
pub fn create(file: &Path, entropy: &dyn Entropy) -> anyhow::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    write_new(file, &[new_key(entropy)])
        .with_context(|| format!("cannot make the key file {}", file.display()))
}

/// Puts a new key before those in the file, in one step: a crash leaves the old file or the new one.
pub fn add_key(file: &Path, entropy: &dyn Entropy) -> anyhow::Result<()> {
    let keys: Vec<_> = std::iter::once(new_key(entropy)).chain(read(file)?).collect();
    let beside = file.with_extension("new");
    let _ = std::fs::remove_file(&beside);
    write_new(&beside, &keys).with_context(|| format!("cannot write {}", beside.display()))?;
    std::fs::rename(&beside, file).with_context(|| format!("cannot replace {}", file.display()))?;
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn new_key(entropy: &dyn Entropy) -> [u8; KEY] {
    let mut master = [0; KEY];
    entropy.fill(&mut master);
    master
}

fn write_new(file: &Path, keys: &[[u8; KEY]]) -> std::io::Result<()> {
    let mut out = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    for key in keys {
        writeln!(out, "{}", BASE64URL_NOPAD.encode(key))?;
    }
    out.sync_all()
}

impl Keys {
    /// Reads the key file, or makes it (0600) when it is missing and `may_create`.
    pub fn load(file: &Path, may_create: bool, entropy: &dyn Entropy) -> anyhow::Result<Self> {
        if !file.exists() && may_create {
            create(file, entropy)?;
        }
        let masters = read(file)?;
        Ok(Self::derive_all(&masters))
    }
}

#[cfg(test)]
mod tests {
    use regain_core::entropy::SeededEntropy;

    use super::*;

    #[test]
    fn what_an_old_key_sealed_still_opens_after_a_new_one_came() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("master.key");
        let entropy = SeededEntropy::new(1);
        let old = Keys::load(&file, true, &entropy).unwrap();
        let sealed = old.seal("totp", b"row", b"seed", &entropy);
        add_key(&file, &entropy).unwrap();
        let new = Keys::load(&file, false, &entropy).unwrap();
        assert_ne!(old.fingerprint(), new.fingerprint());
        assert!(new.knows(old.fingerprint()) && !old.knows(new.fingerprint()));
        assert_eq!(new.open("totp", b"row", &sealed).as_deref(), Some(b"seed".as_slice()));
        assert!(!new.is_current("totp", b"row", &sealed));
        let anew = new.seal("totp", b"row", b"seed", &entropy);
        assert!(new.is_current("totp", b"row", &anew));
        assert_eq!(old.open("totp", b"row", &anew), None);
        // Passwords and counters stay what they were.
        assert_eq!(old.subject("account", "ana"), new.subject("account", "ana"));
        assert_eq!(old.peppers().argon2.expose(), new.peppers().argon2.expose());
    }

    #[test]
    fn f45_a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("master.key");
        create(&file, &SeededEntropy::new(1)).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        let refusal = read(&file).unwrap_err().to_string();
        assert!(refusal.contains("chmod 600"), "{refusal}");
    }

    #[test]
    fn f44_a_missing_empty_or_damaged_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("master.key");
        let entropy = SeededEntropy::new(1);
        assert!(Keys::load(&file, false, &entropy).is_err());
        assert!(!file.exists(), "it is not made silently");
        for content in ["", "\n", "short", "not base64!"] {
            let _ = std::fs::remove_file(&file);
            create(&file, &entropy).unwrap();
            std::fs::write(&file, content).unwrap();
            assert!(Keys::load(&file, true, &entropy).is_err(), "{content:?}");
        }
        assert!(create(&file, &entropy).is_err(), "an existing file is never overwritten");
    }
}
