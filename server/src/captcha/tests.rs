use super::*;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use data_encoding::BASE64URL_NOPAD;
use regain_core::code::SupportCode;
use regain_core::entropy::{Entropy, SeededEntropy};
use regain_core::pow;
use regain_core::time::Duration;

mod answers;
mod media;
mod tokens;

/// Real sealing, with a nonce from a repeatable source.
struct TestSeal {
    cipher: XChaCha20Poly1305,
    entropy: SeededEntropy,
}

impl TestSeal {
    fn new(key: u8) -> Self {
        Self { cipher: XChaCha20Poly1305::new(&[key; 32].into()), entropy: SeededEntropy::new(key.into()) }
    }
}

impl Seal for TestSeal {
    fn seal(&self, purpose: &str, plain: &[u8]) -> String {
        let mut nonce = [0; 24];
        self.entropy.fill(&mut nonce);
        let payload = Payload { msg: plain, aad: purpose.as_bytes() };
        let sealed = self.cipher.encrypt(&nonce.into(), payload).expect("short text");
        BASE64URL_NOPAD.encode(&[&nonce[..], &sealed].concat())
    }

    fn open(&self, purpose: &str, sealed: &str) -> Option<Vec<u8>> {
        let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<24>()?;
        let payload = Payload { msg: sealed, aad: purpose.as_bytes() };
        self.cipher.decrypt(&(*nonce).into(), payload).ok()
    }
}

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

fn support_code() -> SupportCode {
    SupportCode::parse("7K3M-Q9TD").expect("a support code")
}

/// One token of many: `seed` stands for the randomness.
fn issued(seal: &TestSeal, seed: u64) -> Issued {
    issue(seal, &SeededEntropy::new(seed), NOW, Action::StartReset, Effort::Usual, support_code())
}

fn opened(seal: &TestSeal, token: &str) -> Opened {
    open(seal, NOW, Action::StartReset, token).expect("a good token")
}

/// What `open` says against a token, if anything.
fn refusal(seal: &TestSeal, now: Timestamp, action: Action, token: &str) -> Option<Refused> {
    open(seal, now, action, token).err()
}
