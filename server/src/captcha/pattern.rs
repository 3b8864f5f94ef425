//! The chance in a picture and a sound: a stream that depends on the token alone, so that fetching
//! one twice gives the same bytes, on every node.

use sha2::{Digest, Sha256};

/// A deterministic stream of bytes: SHA-256 over a label, a seed and a counter.
///
/// The seed is the token's id, which nobody outside ever sees; the label keeps the streams of the
/// picture and of the sound apart.
pub(super) struct Pattern {
    key: [u8; 32],
    block: [u8; 32],
    counter: u64,
    used: usize,
}

impl Pattern {
    pub(super) fn new(label: &str, seed: &[u8]) -> Self {
        let key = Sha256::new().chain_update(label).chain_update([0]).chain_update(seed).finalize().into();
        Self { key, block: [0; 32], counter: 0, used: 32 }
    }

    fn byte(&mut self) -> u8 {
        if self.used == self.block.len() {
            let next = Sha256::new().chain_update(self.key).chain_update(self.counter.to_be_bytes());
            self.block = next.finalize().into();
            self.counter += 1;
            self.used = 0;
        }
        let byte = self.block[self.used];
        self.used += 1;
        byte
    }

    fn fraction(&mut self) -> f32 {
        f32::from(u16::from_be_bytes([self.byte(), self.byte()])) / 65536.0
    }

    /// A number from `low` up to, but not including, `high`.
    pub(super) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.fraction()
    }

    /// An angle in radians, all equally likely.
    pub(super) fn angle(&mut self) -> f32 {
        self.between(0.0, std::f32::consts::TAU)
    }

    /// A number of one byte's resolution from -1 to 1; good enough for noise and half as dear.
    pub(super) fn noise(&mut self) -> f32 {
        f32::from(self.byte()) / 127.5 - 1.0
    }

    /// One of `items`, which must not be empty and not be longer than 256.
    pub(super) fn one_of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[usize::from(self.byte()) * items.len() / 256]
    }
}
