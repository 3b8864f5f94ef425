//! A call that an authenticator signed. The signature covers everything that decides: method, path, time, nonce and
//! body. It is good for a minute, and once (T55).

use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use regain_core::limits::CALL_LIFE;
use regain_core::time::{Duration, Timestamp};
use regain_store::{Device, Result, Tx};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::engine::Engine;

/// Separates these signatures from any other use of the key.
const PURPOSE: &str = "regain authenticator 1";
const NONCE_CHARS: std::ops::RangeInclusive<usize> = 16..=64;
/// `seen_at` is written at most this often.
const TOUCH: Duration = Duration::from_mins(1);

/// A signed call, as it came.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who it says it is from; `None` while pairing.
    pub device: Option<Uuid>,
    /// HTTP method.
    pub method: String,
    /// Path without query.
    pub path: String,
    /// Milliseconds since the Unix epoch, by the phone's clock.
    pub time: i64,
    /// Never used before with this key.
    pub nonce: String,
    /// 64 bytes.
    pub signature: Vec<u8>,
    /// The body as it came.
    pub body: Vec<u8>,
}

/// Why a call does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallProblem {
    /// Unknown device, wrong signature, or a nonce that was used.
    Unsigned,
    /// The phone's clock is off; the answer says what time it is.
    Clock,
}

impl Call {
    /// What is signed.
    fn text(&self) -> Vec<u8> {
        let body = data_encoding::HEXLOWER.encode(&Sha256::digest(&self.body));
        let Self { method, path, time, nonce, .. } = self;
        format!("{PURPOSE}\n{method}\n{path}\n{time}\n{nonce}\n{body}").into_bytes()
    }

    /// Whether this key signed the call just now; that it is the first time is for [`Engine::accept_call`].
    pub fn check(&self, public_key: &[u8], now: Timestamp) -> std::result::Result<(), CallProblem> {
        if !self.is_signed_by(public_key) {
            return Err(CallProblem::Unsigned);
        }
        if self.is_fresh(now) { Ok(()) } else { Err(CallProblem::Clock) }
    }

    fn is_signed_by(&self, public_key: &[u8]) -> bool {
        let nonce_is_sound = NONCE_CHARS.contains(&self.nonce.len()) && self.nonce.is_ascii();
        let key = VerifyingKey::from_sec1_bytes(public_key);
        let signature = Signature::from_slice(&self.signature);
        match (key, signature) {
            (Ok(key), Ok(signature)) => nonce_is_sound && key.verify(&self.text(), &signature).is_ok(),
            _ => false,
        }
    }

    fn is_fresh(&self, now: Timestamp) -> bool {
        let sent = Timestamp(self.time.saturating_mul(1_000));
        now.since(sent) <= CALL_LIFE && sent.since(now) <= CALL_LIFE
    }
}

impl Engine {
    /// The device that signed the call.
    pub async fn caller(&self, call: &Call) -> Result<std::result::Result<Device, CallProblem>> {
        let mut tx = self.store.read().await?;
        let device = match call.device {
            Some(id) => tx.device(id).await?,
            None => None,
        };
        drop(tx);
        let Some(device) = device else { return Ok(Err(CallProblem::Unsigned)) };
        let mut tx = self.store.write().await?;
        if let Err(problem) = self.accept_call(&mut *tx, call, &device.public_key).await? {
            return Ok(Err(problem));
        }
        let now = self.now();
        if now.since(device.seen_at) >= TOUCH {
            tx.touch_device(device.id, now).await?;
        }
        tx.commit().await?;
        Ok(Ok(device))
    }

    /// Whether this key signed the call just now and for the first time; its nonce is spent with the transaction.
    pub async fn accept_call(
        &self,
        tx: &mut dyn Tx,
        call: &Call,
        public_key: &[u8],
    ) -> Result<std::result::Result<(), CallProblem>> {
        let now = self.now();
        if let Err(problem) = call.check(public_key, now) {
            return Ok(Err(problem));
        }
        let key = data_encoding::BASE64URL_NOPAD.encode(&Sha256::digest(public_key)[..18]);
        // Longer than a call can be fresh, whichever way the phone's clock is off.
        let until = now.plus(CALL_LIFE * 3);
        let first = tx.spend_token(&format!("call:{key}:{}", call.nonce), until).await?;
        Ok(if first { Ok(()) } else { Err(CallProblem::Unsigned) })
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::SigningKey;
    use p256::ecdsa::signature::Signer as _;

    use super::*;

    fn call(key: &SigningKey) -> Call {
        let mut call = Call {
            device: None,
            method: "POST".to_owned(),
            path: "/authenticator/api/answer".to_owned(),
            time: 1_800_000_000_000,
            nonce: "0123456789abcdef".to_owned(),
            signature: Vec::new(),
            body: b"{}".to_vec(),
        };
        let signature: Signature = key.sign(&call.text());
        call.signature = signature.to_bytes().to_vec();
        call
    }

    #[test]
    fn the_signature_covers_everything_that_decides() {
        let key = SigningKey::from_slice(&[9; 32]).expect("a key");
        let public = key.verifying_key().to_sec1_bytes();
        let signed = call(&key);
        assert!(signed.is_signed_by(&public));
        for changed in [
            Call { method: "GET".to_owned(), ..signed.clone() },
            Call { path: "/authenticator/api/requests".to_owned(), ..signed.clone() },
            Call { time: signed.time + 1, ..signed.clone() },
            Call { nonce: "0123456789abcdeF".to_owned(), ..signed.clone() },
            Call { body: b"{ }".to_vec(), ..signed.clone() },
            Call { signature: vec![0; 64], ..signed.clone() },
        ] {
            assert!(!changed.is_signed_by(&public), "{changed:?}");
        }
        let other = SigningKey::from_slice(&[8; 32]).expect("a key").verifying_key().to_sec1_bytes();
        assert!(!signed.is_signed_by(&other));
    }

    #[test]
    fn a_call_is_fresh_for_a_minute_either_way() {
        let key = SigningKey::from_slice(&[9; 32]).expect("a key");
        let at = Timestamp::from_seconds(1_800_000_000);
        let fresh = |seconds: i64| call(&key).is_fresh(Timestamp(at.0 + seconds * 1_000_000));
        assert!(fresh(0) && fresh(60) && fresh(-60));
        assert!(!fresh(61) && !fresh(-61));
    }
}
