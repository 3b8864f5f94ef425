//! An authenticator's key, and calls that are signed with it.

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest as _, Sha256};

/// The key of one phone.
pub struct PhoneKey(SigningKey);

impl PhoneKey {
    /// From 32 bytes that are a number below the curve's order, as almost all are.
    pub fn new(secret: &[u8]) -> Option<Self> {
        SigningKey::from_slice(secret).ok().map(Self)
    }

    pub fn public(&self) -> Vec<u8> {
        self.0.verifying_key().to_sec1_bytes().to_vec()
    }

    /// The headers of a call at a time in milliseconds.
    pub fn sign(
        &self,
        (method, path, body): (&str, &str, &str),
        device: Option<&str>,
        time: i64,
        nonce: String,
    ) -> Vec<(&'static str, String)> {
        let digest = HEXLOWER.encode(&Sha256::digest(body.as_bytes()));
        let text = format!("regain authenticator 1\n{method}\n{path}\n{time}\n{nonce}\n{digest}");
        let signature: Signature = self.0.sign(text.as_bytes());
        let mut headers = vec![
            ("x-regain-time", time.to_string()),
            ("x-regain-nonce", nonce),
            ("x-regain-signature", BASE64URL_NOPAD.encode(&signature.to_bytes())),
            ("content-type", "application/json".to_owned()),
        ];
        headers.extend(device.map(|device| ("x-regain-device", device.to_owned())));
        headers
    }
}
