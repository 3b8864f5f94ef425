//! The first verifier of a bulk import: a salted keyed hash, quick enough for 100,000 rows in a minute. Its key stands
//! outside the database; a job lays argon2id over it soon after.
//!
//! `import$<salt>$<mac>` before, `import$<salt>$<PHC string over the mac>` after.

use data_encoding::BASE64_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::argon2id::{self, Memory};

fn mac(key: &[u8], salt: &[u8], password: &[u8]) -> Option<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(salt);
    mac.update(password);
    Some(mac.finalize().into_bytes().to_vec())
}

/// A quick verifier.
pub(crate) fn hash(key: &[u8], password: &[u8], salt: &[u8; 16]) -> Option<String> {
    let mac = mac(key, salt, password)?;
    Some(format!("import${}${}", BASE64_NOPAD.encode(salt), BASE64_NOPAD.encode(&mac)))
}

/// Lays argon2id over a quick verifier; `None` when it is none.
pub(crate) fn harden(pepper: &[u8], verifier: &str, salt: &[u8; 16], memory: &mut Memory) -> Option<String> {
    let (import_salt, mac) = verifier.strip_prefix("import$")?.split_once('$')?;
    let mac = BASE64_NOPAD.decode(mac.as_bytes()).ok()?;
    let phc = argon2id::hash(pepper, &mac, salt, memory)?;
    Some(format!("import${import_salt}${phc}"))
}

/// Whether `verifier` was made of `password`.
pub(crate) fn verify(
    key: &[u8],
    pepper: &[u8],
    password: &[u8],
    verifier: &str,
    memory: &mut Memory,
) -> bool {
    let mut check = || -> Option<bool> {
        let (salt, rest) = verifier.strip_prefix("import$")?.split_once('$')?;
        let salt = BASE64_NOPAD.decode(salt.as_bytes()).ok()?;
        let actual = mac(key, &salt, password)?;
        if rest.starts_with('$') {
            return Some(argon2id::verify(pepper, &actual, rest, memory));
        }
        let expected = BASE64_NOPAD.decode(rest.as_bytes()).ok()?;
        Some(bool::from(actual.as_slice().ct_eq(&expected)))
    };
    check().unwrap_or(false)
}
