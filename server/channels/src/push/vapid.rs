//! Who sends (RFC 8292): a push service takes messages for a subscription only from the key that it was made for.

use data_encoding::BASE64URL_NOPAD;
use http::Uri;
use p256::SecretKey;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use regain_core::time::{Duration, Timestamp};
use serde_json::json;

/// The standard allows a day; a signature that leaks is of use for half of one.
const LIFE: Duration = Duration::from_hours(12);

/// This installation's key.
pub(super) struct Vapid {
    key: SigningKey,
    public_key: String,
    contact: String,
}

impl Vapid {
    pub(super) fn new(key: &SecretKey, contact: &str) -> Self {
        let public_key = BASE64URL_NOPAD.encode(&key.public_key().to_sec1_bytes());
        Self { key: SigningKey::from(key), public_key, contact: contact.to_owned() }
    }

    pub(super) fn public_key(&self) -> &str {
        &self.public_key
    }

    /// The header for one push service, and for no other.
    pub(super) fn authorization(&self, endpoint: &Uri, now: Timestamp) -> Option<String> {
        let audience = format!("{}://{}", endpoint.scheme_str()?, endpoint.authority()?);
        let claims = json!({"aud": audience, "exp": now.plus(LIFE).seconds(), "sub": self.contact});
        let head = json!({"typ": "JWT", "alg": "ES256"});
        let part = |value: &serde_json::Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let text = format!("{}.{}", part(&head), part(&claims));
        let signature: Signature = self.key.sign(text.as_bytes());
        let signature = BASE64URL_NOPAD.encode(&signature.to_bytes());
        Some(format!("vapid t={text}.{signature}, k={}", self.public_key))
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::VerifyingKey;
    use p256::ecdsa::signature::Verifier as _;

    use super::*;

    #[test]
    fn the_signature_names_the_service_and_holds() {
        let key = SecretKey::from_slice(&[7; 32]).expect("a key");
        let vapid = Vapid::new(&key, "mailto:regain@contoso.example");
        let endpoint = "https://push.example.net:8443/abc".parse().expect("an address");
        let header =
            vapid.authorization(&endpoint, Timestamp::from_seconds(1_800_000_000)).expect("a header");
        let token = header.strip_prefix("vapid t=").and_then(|rest| rest.split(',').next()).expect("a token");
        let (text, signature) = token.rsplit_once('.').expect("three parts");
        let decoded = |text: &str| BASE64URL_NOPAD.decode(text.as_bytes()).expect("base64url");
        let signature = Signature::from_slice(&decoded(signature)).expect("a signature");
        let public = VerifyingKey::from_sec1_bytes(&decoded(vapid.public_key())).expect("a key");
        public.verify(text.as_bytes(), &signature).expect("it holds");
        let claims: serde_json::Value =
            serde_json::from_slice(&decoded(text.split('.').nth(1).expect("claims"))).expect("JSON");
        assert_eq!(claims["aud"], "https://push.example.net:8443");
        assert_eq!(claims["exp"], 1_800_043_200);
        assert_eq!(claims["sub"], "mailto:regain@contoso.example");
    }
}
