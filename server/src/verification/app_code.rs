//! Codes from authenticator apps (RFC 6238): SHA-1, six digits, thirty seconds, because many apps ignore anything else;
//! and those of hardware tokens, which show theirs for thirty or sixty seconds by a clock that nobody sets.

use data_encoding::BASE32_NOPAD;
use regain_core::code::OneTimeCode;
use regain_core::hardware_token::Pace;
use regain_core::method::Method;
use regain_core::secret::{Secret, SecretBytes};
use regain_core::time::Timestamp;
use regain_store::{HardwareToken, Result};
use totp_rs::{Algorithm, Builder};
use uuid::Uuid;

use crate::engine::Engine;

/// 160 bits (RFC 4226 section 4, R6).
pub const SEED_BYTES: usize = 20;

/// A code that is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// The time step that it belongs to, by the clock of what showed it.
    pub step: i64,
    /// By how many steps that clock is off.
    pub drift: i64,
}

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

    /// What `typed` matches, if it is one of the codes of the seed that count now.
    pub fn match_code(&self, seed: &SecretBytes, pace: Pace, typed: &OneTimeCode) -> Option<Match> {
        matching(seed, pace, typed, self.now())
    }

    /// The time step that `typed` belongs to, if it is one of the three of an app that count now.
    pub fn app_code_step(&self, seed: &SecretBytes, typed: &OneTimeCode) -> Option<i64> {
        self.match_code(seed, Pace::APP, typed).map(|found| found.step)
    }

    pub(super) async fn match_app_code(
        &self,
        user_id: Option<Uuid>,
        typed: &OneTimeCode,
    ) -> Result<Option<(Uuid, Match)>> {
        let Some(user_id) = user_id else {
            // A decoy computes as much as a person with one app.
            let _ = self.app_code_step(&SecretBytes::from(vec![0; SEED_BYTES]), typed);
            return Ok(None);
        };
        let mut tx = self.store.read().await?;
        let tokens = tx.tokens_of(user_id).await?;
        for row in tx.methods(user_id).await?.iter().filter(|row| row.method == Method::AppCode.as_str()) {
            let seed = row.sealed.as_ref().and_then(|sealed| self.open_seed(row.id, user_id, sealed));
            let Some(seed) = seed else {
                tracing::error!(method = %row.id, "a seed does not open: it was moved, changed, or sealed with another key");
                continue;
            };
            let token = tokens.iter().find(|token| token.method_id == Some(row.id));
            let pace = token.map_or(Pace::APP, |token| self.pace_of(token, row));
            if let Some(found) = self.match_code(&seed, pace, typed) {
                return Ok(Some((row.id, found)));
            }
        }
        Ok(None)
    }

    fn pace_of(&self, token: &HardwareToken, row: &regain_store::Method) -> Pace {
        let last = row.last_used_at.unwrap_or(row.created_at);
        Pace::known(period_of(token), token.drift, self.now().since(last))
    }
}

/// Seconds that a token's code shows.
pub(crate) fn period_of(token: &HardwareToken) -> u16 {
    u16::try_from(token.period).unwrap_or(Pace::APP.period)
}

fn row_of(row: Uuid, user_id: Uuid) -> Vec<u8> {
    [row.as_bytes().as_slice(), user_id.as_bytes()].concat()
}

fn matching(seed: &SecretBytes, pace: Pace, typed: &OneTimeCode, now: Timestamp) -> Option<Match> {
    let totp = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_step_duration(u64::from(pace.period))
        .with_skew(pace.window)
        .with_secret(seed.expose().to_vec())
        .build()
        .ok()?;
    let period = i64::from(pace.period);
    let ours = now.seconds() / period;
    let theirs = u64::try_from((ours + pace.drift) * period).ok()?;
    let step = i64::try_from(totp.check(typed.expose(), theirs)?).ok()?;
    Some(Match { step, drift: step - ours })
}
