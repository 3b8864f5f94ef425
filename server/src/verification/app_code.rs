//! Codes from authenticator apps (RFC 6238): SHA-1, six digits, thirty seconds, because many apps ignore anything else.

use data_encoding::BASE32_NOPAD;
use regain_core::code::OneTimeCode;
use regain_core::method::Method;
use regain_core::secret::{Secret, SecretBytes};
use regain_core::time::Timestamp;
use regain_store::Result;
use totp_rs::{Algorithm, Builder};
use uuid::Uuid;

use crate::engine::Engine;

/// 160 bits (RFC 4226 section 4, R6).
pub const SEED_BYTES: usize = 20;
/// One step back and one forward, for phones whose clock is off.
const SKEW: u16 = 1;
const STEP_SECONDS: u64 = 30;

/// How people type a seed into an app that cannot scan.
pub fn seed_base32(seed: &SecretBytes) -> Secret {
    Secret::from(BASE32_NOPAD.encode(seed.expose()))
}

impl Engine {
    /// A fresh seed.
    pub fn new_seed(&self) -> SecretBytes {
        let mut seed = vec![0; SEED_BYTES];
        self.entropy.fill(&mut seed);
        SecretBytes::from(seed)
    }

    /// Seals a seed for one row of one person: it opens nowhere else (T145).
    pub fn seal_seed(&self, row: Uuid, user_id: Uuid, seed: &SecretBytes) -> Vec<u8> {
        self.seal("totp", &row_of(row, user_id), seed.expose())
    }

    /// Opens a seed.
    pub fn open_seed(&self, row: Uuid, user_id: Uuid, sealed: &[u8]) -> Option<SecretBytes> {
        self.open("totp", &row_of(row, user_id), sealed).map(SecretBytes::from)
    }

    /// Whether the current master key sealed the seed.
    pub fn seed_is_current(&self, row: Uuid, user_id: Uuid, sealed: &[u8]) -> bool {
        self.keys.is_current("totp", &row_of(row, user_id), sealed)
    }

    /// The time step that `typed` belongs to, if it is one of the three that count now.
    pub fn app_code_step(&self, seed: &SecretBytes, typed: &OneTimeCode) -> Option<i64> {
        matching_step(seed, typed, self.now())
    }

    pub(super) async fn match_app_code(
        &self,
        user_id: Option<Uuid>,
        typed: &OneTimeCode,
    ) -> Result<Option<(Uuid, i64)>> {
        let Some(user_id) = user_id else {
            // A decoy computes as much as a person with one app.
            let _ = self.app_code_step(&SecretBytes::from(vec![0; SEED_BYTES]), typed);
            return Ok(None);
        };
        let mut tx = self.store.read().await?;
        for row in tx.methods(user_id).await?.iter().filter(|row| row.method == Method::AppCode.as_str()) {
            let seed = row.sealed.as_ref().and_then(|sealed| self.open_seed(row.id, user_id, sealed));
            let Some(seed) = seed else {
                tracing::error!(method = %row.id, "a seed does not open: it was moved, changed, or sealed with another key");
                continue;
            };
            if let Some(step) = self.app_code_step(&seed, typed) {
                return Ok(Some((row.id, step)));
            }
        }
        Ok(None)
    }
}

fn row_of(row: Uuid, user_id: Uuid) -> Vec<u8> {
    [row.as_bytes().as_slice(), user_id.as_bytes()].concat()
}

fn matching_step(seed: &SecretBytes, typed: &OneTimeCode, now: Timestamp) -> Option<i64> {
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(STEP_SECONDS)
        .with_skew(SKEW)
        .with_secret(<[u8; SEED_BYTES]>::try_from(seed.expose()).ok()?)
        .build()
        .ok()?;
    let step = totp.check(typed.expose(), u64::try_from(now.seconds()).ok()?)?;
    i64::try_from(step).ok()
}
