use super::*;
use data_encoding::BASE64URL_NOPAD;
use regain_core::code::SupportCode;
use regain_core::entropy::SeededEntropy;
use regain_core::pow;
use regain_core::time::Duration;

mod answers;
mod media;
mod tokens;

fn keys(master: u8) -> Keys {
    Keys::derive(&[master; 32])
}

/// Seals any text like a token, for `purpose`.
fn sealed(keys: &Keys, purpose: &str, plain: &[u8]) -> String {
    BASE64URL_NOPAD.encode(&keys.seal(purpose, b"", plain, &SeededEntropy::new(9)))
}

const NOW: Timestamp = Timestamp::from_seconds(1_800_000_000);

fn support_code() -> SupportCode {
    SupportCode::parse("7K3M-Q9TD").expect("a support code")
}

/// One token of many: `seed` stands for the randomness.
fn issued(keys: &Keys, seed: u64) -> Issued {
    issue(keys, &SeededEntropy::new(seed), NOW, Action::StartReset, Effort::USUAL, support_code())
}

fn opened(keys: &Keys, token: &str) -> Opened {
    open(keys, NOW, Action::StartReset, token).expect("a good token")
}

/// What `open` says against a token, if anything.
fn refusal(keys: &Keys, now: Timestamp, action: Action, token: &str) -> Option<Refused> {
    open(keys, now, action, token).err()
}
