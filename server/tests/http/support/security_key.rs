//! An authenticator of passkeys: one key, in software.

use data_encoding::BASE64URL_NOPAD;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Reply, TestApp};

/// User present, user verified (WebAuthn, 6.1).
const UNLOCKED: u8 = 0b0000_0101;
/// User present alone: nobody gave a finger or a PIN.
pub const TOUCHED: u8 = 0b0000_0001;
/// A key follows.
const ATTESTED: u8 = 0b0100_0000;

/// A device with one passkey.
pub struct SecurityKey {
    key: SigningKey,
    id: Vec<u8>,
    user: Vec<u8>,
    origin: String,
    host: String,
    /// How often it was used.
    pub counter: u32,
    /// What it says about the person.
    pub flags: u8,
}

impl SecurityKey {
    pub fn new(app: &TestApp) -> Self {
        let seed = app.engine.new_seed();
        let key = SigningKey::from_slice(seed.expose().repeat(2).get(..32).unwrap()).unwrap();
        let url = &app.engine.config.public_url;
        let (origin, host) = (url.origin().to_owned(), url.host().to_owned());
        Self { key, id: seed.expose().to_vec(), user: Vec::new(), origin, host, counter: 0, flags: UNLOCKED }
    }

    /// The same key on a page of another site.
    pub fn at(mut self, origin: &str) -> Self {
        self.origin = origin.to_owned();
        self
    }

    /// Makes the passkey that a page asks for.
    pub fn create(&mut self, page: &Reply) -> String {
        let options = asked(page);
        self.user = BASE64URL_NOPAD.decode(options["user"]["id"].as_str().unwrap().as_bytes()).unwrap();
        let point = self.key.verifying_key().to_sec1_bytes();
        let (x, y) = point[1..].split_at(32);
        // CBOR of a COSE key: EC2, ES256, P-256.
        let cose = [&[0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32][..], x, &[0x22, 0x58, 32], y].concat();
        let length = u16::try_from(self.id.len()).unwrap().to_be_bytes();
        let data = [&*self.data(self.flags | ATTESTED), &[0; 16], &length, &self.id, &cose].concat();
        // CBOR: {"fmt": "none", "attStmt": {}, "authData": …}
        let mut attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        attestation.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        attestation.extend(data);
        let client = self.client("webauthn.create", &options);
        self.answer(&json!({
            "clientDataJSON": BASE64URL_NOPAD.encode(&client),
            "attestationObject": BASE64URL_NOPAD.encode(&attestation),
        }))
    }

    /// Answers what a page asks.
    pub fn get(&mut self, page: &Reply) -> String {
        let client = self.client("webauthn.get", &asked(page));
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

/// What a page asks the browser for.
pub fn asked(page: &Reply) -> Value {
    let (_, rest) = page.body.split_once("data-options=\"").expect("a page that asks for a passkey");
    let options = super::browser::unescape(rest.split('"').next().unwrap());
    serde_json::from_str(&options).unwrap()
}
