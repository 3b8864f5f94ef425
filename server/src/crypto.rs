//! Keys and what they are used for: one master key outside the database, one derived key for each purpose.

mod key_file;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::BASE64URL_NOPAD;
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use regain_core::entropy::Entropy;
use regain_core::secret::{Secret, SecretBytes};
use regain_core::template::code_runs;
use regain_core::time::Timestamp;
use regain_directory::Peppers;
use sha2::{Digest as _, Sha256};

pub use key_file::{add_key, create};

const KEY: usize = 32;
const NONCE: usize = 24;

/// The master keys' children.
pub struct Keys {
    /// The current one seals; those before it still open what they sealed.
    seals: Vec<SecretBytes>,
    code: SecretBytes,
    subject: SecretBytes,
    argon2: SecretBytes,
    import: SecretBytes,
    push: SecretBytes,
    form: SecretBytes,
    fingerprints: Vec<String>,
}

impl Keys {
    /// Derives all keys from one master key.
    pub fn derive(master: &[u8; KEY]) -> Self {
        Self::derive_all(&[*master])
    }

    /// Derives all keys from the current master key and those before it, newest first. What seals and what hashes codes
    /// follows the current one. Passwords, counters and push subscriptions stay with the first there ever was: without
    /// the passwords, or the phones, they cannot be bound anew.
    fn derive_all(masters: &[[u8; KEY]]) -> Self {
        let each = |purpose: &str| masters.iter().map(|master| child(master, purpose)).collect::<Vec<_>>();
        let current =
            |purpose: &str| masters.first().map_or_else(Default::default, |key| child(key, purpose));
        let first = |purpose: &str| masters.last().map_or_else(Default::default, |key| child(key, purpose));
        let fingerprint = |key: &SecretBytes| BASE64URL_NOPAD.encode(&key.expose()[..12]);
        Self {
            seals: each("regain seal v1"),
            code: current("regain code v1"),
            subject: first("regain subject v1"),
            argon2: first("regain argon2 pepper v1"),
            import: first("regain import v1"),
            push: first("regain push v1"),
            form: first("regain form v1"),
            fingerprints: each("regain fingerprint v1").iter().map(fingerprint).collect(),
        }
    }

    /// Tells the current master key from another, and nothing else about it.
    pub fn fingerprint(&self) -> &str {
        self.fingerprints.first().map_or("", String::as_str)
    }

    /// Whether the key with this fingerprint is the current one or one before it.
    pub fn knows(&self, fingerprint: &str) -> bool {
        self.fingerprints.iter().any(|known| known == fingerprint)
    }

    /// Keys of the password hasher.
    pub fn peppers(&self) -> Peppers {
        Peppers {
            argon2: SecretBytes::from(self.argon2.expose().to_vec()),
            import: SecretBytes::from(self.import.expose().to_vec()),
        }
    }

    /// The key that names this installation to push services.
    pub fn push(&self) -> &SecretBytes {
        &self.push
    }

    /// Seals `plain`. It opens only with the same `purpose` and `row`, so that it cannot be moved elsewhere.
    pub fn seal(&self, purpose: &str, row: &[u8], plain: &[u8], entropy: &dyn Entropy) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        entropy.fill(&mut nonce);
        let aad = context(purpose, row);
        let sealed = self
            .seals
            .first()
            .and_then(cipher)
            .and_then(|cipher| cipher.encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &aad }).ok())
            .unwrap_or_default();
        [nonce.as_slice(), &sealed].concat()
    }

    /// Opens what [`Keys::seal`] made; `None` for anything else.
    pub fn open(&self, purpose: &str, row: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        self.seals.iter().find_map(|key| open_with(key, purpose, row, sealed))
    }

    /// Whether the current key sealed it.
    pub fn is_current(&self, purpose: &str, row: &[u8], sealed: &[u8]) -> bool {
        self.seals.first().is_some_and(|key| open_with(key, purpose, row, sealed).is_some())
    }

    /// A code's keyed hash, bound to purpose, holder and method: what is stored instead of the code.
    pub fn code_mac(&self, bound_to: &[&str], code: &str) -> Vec<u8> {
        keyed(self.code.expose(), bound_to, code)
    }

    /// A name that stands for an account in counters, known or not, without telling which account it is.
    pub fn subject(&self, purpose: &str, name: &str) -> String {
        BASE64URL_NOPAD.encode(&keyed(self.subject.expose(), &[purpose], name)[..18])
    }

    /// What a form's page says of the flow or session it belongs to.
    pub fn form_mark(&self, holder: &[&str], page: &str) -> String {
        BASE64URL_NOPAD.encode(&keyed(self.form.expose(), &[&["mark"], holder].concat(), page)[..18])
    }

    /// What a form is known by: where it was posted, and all that was sent.
    pub fn form_digest(&self, path: &str, body: &[u8]) -> Vec<u8> {
        keyed(self.form.expose(), &["digest", path], body)
    }

    /// The token of `what` that follows `token` when a form is answered: the same for the same form, so that an answer
    /// that was lost can be given again though nothing of it was stored.
    pub fn next_token(&self, what: &str, token: &str, form: &[u8], at: Timestamp) -> Secret {
        let at = at.0.to_string();
        Secret::from(BASE64URL_NOPAD.encode(&keyed(self.form.expose(), &["token", what, token, &at], form)))
    }

    /// Bytes that are random to everybody without the key, and stable for `name`: a decoy's choices.
    pub fn stable_bytes(&self, purpose: &str, name: &str) -> Vec<u8> {
        keyed(self.subject.expose(), &["stable", purpose], name)
    }
}

fn child(master: &[u8; KEY], purpose: &str) -> SecretBytes {
    let mut key = [0; KEY];
    let filled = Hkdf::<Sha256>::new(None, master).expand(purpose.as_bytes(), &mut key);
    debug_assert!(filled.is_ok(), "32 bytes are within HKDF's limit");
    SecretBytes::from(key.to_vec())
}

fn cipher(key: &SecretBytes) -> Option<XChaCha20Poly1305> {
    XChaCha20Poly1305::new_from_slice(key.expose()).ok()
}

fn open_with(key: &SecretBytes, purpose: &str, row: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let aad = context(purpose, row);
    cipher(key)?.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: &aad }).ok()
}

fn keyed(key: &[u8], bound_to: &[&str], text: impl AsRef<[u8]>) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    for part in bound_to.iter().map(|part| part.as_bytes()).chain([text.as_ref()]) {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

fn context(purpose: &str, row: &[u8]) -> Vec<u8> {
    [&(purpose.len() as u64).to_be_bytes(), purpose.as_bytes(), row].concat()
}

/// A token of 256 bits for a cookie. It exists in clear only there.
pub fn new_token(entropy: &dyn Entropy) -> Secret {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes);
    Secret::from(BASE64URL_NOPAD.encode(&bytes))
}

/// A token of 128 bits for a link in a mail. Where digits stand together as in a code it is made again: phones and people
/// who look for a code in a message must find none.
pub fn new_link_token(entropy: &dyn Entropy) -> Secret {
    loop {
        let mut bytes = [0; 16];
        entropy.fill(&mut bytes);
        let token = BASE64URL_NOPAD.encode(&bytes);
        if code_runs(&token).next().is_none() {
            return Secret::from(token);
        }
    }
}

/// What is stored of a token.
pub fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
