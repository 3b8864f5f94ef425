//! Proof of work: what the check that a person is there computes by itself, and how the server checks it.
//!
//! It prices an attack and proves nothing about a person; the limits hold with every one solved.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What the browser has to solve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// A text that the server made for this one use.
    pub seed: String,
    /// How many leading bits of the digest must be zero. Each one doubles the work.
    pub bits: u8,
}

/// Tries `count` numbers from `start` on and returns the first that solves the challenge.
///
/// In slices, so that a page stays responsive while it searches.
pub fn solve_from(seed: &str, bits: u8, start: u64, count: u64) -> Option<u64> {
    let prefix = prefix(seed);
    (start..start.saturating_add(count)).find(|nonce| solves(&prefix, bits, *nonce))
}

/// Whether SHA-256 of the seed, a colon and the number in decimal begins with `bits` zero bits.
pub fn check(seed: &str, bits: u8, nonce: u64) -> bool {
    solves(&prefix(seed), bits, nonce)
}

fn prefix(seed: &str) -> Sha256 {
    Sha256::new().chain_update(seed.as_bytes()).chain_update(b":")
}

fn solves(prefix: &Sha256, bits: u8, nonce: u64) -> bool {
    let mut buffer = [0; DIGITS];
    let digest = prefix.clone().chain_update(decimal(nonce, &mut buffer)).finalize();
    leading_zero_bits(&digest) >= u32::from(bits)
}

fn leading_zero_bits(digest: &[u8]) -> u32 {
    let zero_bytes = digest.iter().take_while(|byte| **byte == 0).count();
    let rest = digest.get(zero_bytes).map_or(0, |byte| byte.leading_zeros());
    u32::try_from(zero_bytes).map_or(u32::MAX, |bytes| bytes * 8 + rest)
}

/// Decimal digits of `u64::MAX`.
const DIGITS: usize = 20;

/// Without the standard formatter, which would cost the bundle more than this.
fn decimal(mut number: u64, buffer: &mut [u8; DIGITS]) -> &[u8] {
    let mut first = DIGITS;
    loop {
        first -= 1;
        buffer[first] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return &buffer[first..];
        }
    }
}
