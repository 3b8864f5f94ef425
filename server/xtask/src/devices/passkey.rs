//! An authenticator of passkeys with one key.

use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// User present, user verified (WebAuthn, 6.1).
const UNLOCKED: u8 = 0b0000_0101;
/// A key follows.
const ATTESTED: u8 = 0b0100_0000;

/// A device with one passkey.
pub struct Passkey {
    key: SigningKey,
    id: Vec<u8>,
    user: Vec<u8>,
    /// The site that asks, as the browser sees it.
    pub origin: String,
    host: String,
    /// How often it was used.
    pub counter: u32,
    /// What it says about the person.
    pub flags: u8,
}

impl Passkey {
    /// From 32 bytes that are a number below the curve's order, for a site and its host.
    pub fn new(secret: &[u8], origin: &str, host: &str) -> Option<Self> {
        let (key, id) = (SigningKey::from_slice(secret).ok()?, Sha256::digest(secret).to_vec());
        let (origin, host) = (origin.to_owned(), host.to_owned());
        Some(Self { key, id, user: Vec::new(), origin, host, counter: 0, flags: UNLOCKED })
    }

    /// Makes the passkey that a page asks for with these options.
    pub fn create(&mut self, options: &Value) -> Option<String> {
        self.user = BASE64URL_NOPAD.decode(options["user"]["id"].as_str()?.as_bytes()).ok()?;
        let point = self.key.verifying_key().to_sec1_bytes();
        let (x, y) = point.get(1..)?.split_at(32);
        // CBOR of a COSE key: EC2, ES256, P-256.
        let cose = [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32][..], x, &[0x22, 0x58, 32], y].concat();
        let length = u16::try_from(self.id.len()).ok()?.to_be_bytes();
        let data = [&*self.data(self.flags | ATTESTED), &[0; 16], &length, &self.id, &cose].concat();
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": …}
        let mut attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        attestation.extend(u16::try_from(data.len()).ok()?.to_be_bytes());
        attestation.extend(data);
        let client = self.client("webauthn.create", options);
        Some(self.answer(&json!({
            "clientDataJSON": BASE64URL_NOPAD.encode(&client),
            "attestationObject": BASE64URL_NOPAD.encode(&attestation),
        })))
    }

    /// Answers what a page asks with these options.
    pub fn get(&mut self, options: &Value) -> String {
        let client = self.client("webauthn.get", options);
        self.counter += 1;
        let data = self.data(self.flags);
        let signed = [&*data, &Sha256::digest(&client)].concat();
        let signature: Signature = self.key.sign(&signed);
        self.answer(&json!({
            "clientDataJSON": BASE64URL_NOPAD.encode(&client),
            "authenticatorData": BASE64URL_NOPAD.encode(&data),
            "signature": BASE64URL_NOPAD.encode(signature.to_der().as_bytes()),
            "userHandle": BASE64URL_NOPAD.encode(&self.user),
        }))
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        [&*Sha256::digest(self.host.as_bytes()), &[flags], &self.counter.to_be_bytes()].concat()
    }

    fn client(&self, act: &str, options: &Value) -> Vec<u8> {
        let client = json!({"type": act, "challenge": options["challenge"], "origin": self.origin});
        client.to_string().into_bytes()
    }

    fn answer(&self, response: &Value) -> String {
        let id = BASE64URL_NOPAD.encode(&self.id);
        let answer = json!({"id": id, "rawId": id, "type": "public-key", "response": response,
            "clientExtensionResults": {}});
        answer.to_string()
    }
}
