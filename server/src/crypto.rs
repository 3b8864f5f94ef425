//! Keys and what they are used for: one master key outside the database, one derived key for each purpose.

use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::BASE64URL_NOPAD;
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use regain_core::entropy::Entropy;
use regain_core::secret::{Secret, SecretBytes};
use regain_directory::Peppers;
use sha2::{Digest as _, Sha256};

const KEY: usize = 32;
const NONCE: usize = 24;

/// The master key's children.
pub struct Keys {
    seal: SecretBytes,
    code: SecretBytes,
    subject: SecretBytes,
    argon2: SecretBytes,
    import: SecretBytes,
    fingerprint: String,
}

impl Keys {
    /// Derives all keys from the master key.
    pub fn derive(master: &[u8; KEY]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(None, master);
        let child = |purpose: &str| {
            let mut key = [0; KEY];
            let filled = hkdf.expand(purpose.as_bytes(), &mut key);
            debug_assert!(filled.is_ok(), "32 bytes are within HKDF's limit");
            SecretBytes::from(key.to_vec())
        };
        Self {
            seal: child("regain seal v1"),
            code: child("regain code v1"),
            subject: child("regain subject v1"),
            argon2: child("regain argon2 pepper v1"),
            import: child("regain import v1"),
            fingerprint: BASE64URL_NOPAD.encode(&child("regain fingerprint v1").expose()[..12]),
        }
    }

    /// Reads the master key, or makes it (0600) when `file` is missing and `may_create`.
    pub fn load(file: &Path, may_create: bool, entropy: &dyn Entropy) -> anyhow::Result<Self> {
        if !file.exists() && may_create {
            create(file, entropy)?;
        }
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read the key file {}", file.display()))?;
        let mode = std::fs::metadata(file)?.permissions().mode();
        ensure!(
            mode & 0o077 == 0,
            "the key file {} can be read by others; run: chmod 600 {}",
            file.display(),
            file.display()
        );
        let Ok(bytes) = BASE64URL_NOPAD.decode(text.trim().as_bytes()) else {
            bail!("the key file {} is damaged: it must hold 43 characters of base64url", file.display());
        };
        let master: [u8; KEY] = bytes.try_into().map_err(|_| {
            anyhow::anyhow!("the key file {} is damaged: it must hold 32 bytes", file.display())
        })?;
        Ok(Self::derive(&master))
    }

    /// Tells one master key from another, and nothing else about it.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Keys of the password hasher.
    pub fn peppers(&self) -> Peppers {
        Peppers {
            argon2: SecretBytes::from(self.argon2.expose().to_vec()),
            import: SecretBytes::from(self.import.expose().to_vec()),
        }
    }

    /// Seals `plain`. It opens only with the same `purpose` and `row`, so that it cannot be moved elsewhere.
    pub fn seal(&self, purpose: &str, row: &[u8], plain: &[u8], entropy: &dyn Entropy) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        entropy.fill(&mut nonce);
        let aad = context(purpose, row);
        let sealed = self
            .cipher()
            .and_then(|cipher| cipher.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &aad }).ok())
            .unwrap_or_default();
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what [`Keys::seal`] made; `None` for anything else.
    pub fn open(&self, purpose: &str, row: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let aad = context(purpose, row);
        self.cipher()?.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: &aad }).ok()
    }

    fn cipher(&self) -> Option<XChaCha20Poly1305> {
        XChaCha20Poly1305::new_from_slice(self.seal.expose()).ok()
    }

    /// A code's keyed hash, bound to purpose, holder and method: what is stored instead of the code.
    pub fn code_mac(&self, bound_to: &[&str], code: &str) -> Vec<u8> {
        keyed(self.code.expose(), bound_to, code)
    }

    /// A name that stands for an account in counters, known or not, without telling which account it is.
    pub fn subject(&self, purpose: &str, name: &str) -> String {
        BASE64URL_NOPAD.encode(&keyed(self.subject.expose(), &[purpose], name)[..18])
    }

    /// Bytes that are random to everybody without the key, and stable for `name`: a decoy's choices.
    pub fn stable_bytes(&self, purpose: &str, name: &str) -> Vec<u8> {
        keyed(self.subject.expose(), &["stable", purpose], name)
    }
}

fn keyed(key: &[u8], bound_to: &[&str], text: &str) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    for part in bound_to.iter().chain([&text]) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().to_vec()
}

fn context(purpose: &str, row: &[u8]) -> Vec<u8> {
    [&(purpose.len() as u64).to_be_bytes(), purpose.as_bytes(), row].concat()
}

/// Writes a new master key, readable by its owner alone. Fails when the file exists.
pub fn create(file: &Path, entropy: &dyn Entropy) -> anyhow::Result<()> {
    let mut master = [0; KEY];
    entropy.fill(&mut master);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut out = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .with_context(|| format!("cannot make the key file {}", file.display()))?;
    writeln!(out, "{}", BASE64URL_NOPAD.encode(&master))?;
    out.sync_all()?;
    Ok(())
}

/// A token of 256 bits for a cookie. It exists in clear only there.
pub fn new_token(entropy: &dyn Entropy) -> Secret {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes);
    Secret::from(BASE64URL_NOPAD.encode(&bytes))
}

/// What is stored of a token.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
