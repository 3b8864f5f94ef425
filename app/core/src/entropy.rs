//! Randomness as an argument.

use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};

/// Where random bytes come from. The server's source is the operating system's generator.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}

impl<E: Entropy + ?Sized> Entropy for std::sync::Arc<E> {
    fn fill(&self, bytes: &mut [u8]) {
        (**self).fill(bytes);
    }
}

/// A number below `n`, each equally likely; 0 when `n` is 0.
///
/// Numbers from the incomplete last span of `u32` are drawn again, so that there is no bias.
pub fn below(entropy: &dyn Entropy, n: u32) -> u32 {
    if n == 0 {
        return 0;
    }
    let whole_spans = u32::MAX - u32::MAX % n;
    loop {
        let mut bytes = [0; 4];
        entropy.fill(&mut bytes);
        let number = u32::from_le_bytes(bytes);
        if number < whole_spans {
            return number % n;
        }
    }
}

/// One item of the slice, each equally likely; `None` when there is none.
pub fn pick<'a, T>(entropy: &dyn Entropy, items: &'a [T]) -> Option<&'a T> {
    items.get(index_below(entropy, items.len()))
}

/// Puts the items into a random order, each order equally likely (Fisher and Yates).
pub fn shuffle<T>(entropy: &dyn Entropy, items: &mut [T]) {
    for last in (1..items.len()).rev() {
        items.swap(last, index_below(entropy, last + 1));
    }
}

fn index_below(entropy: &dyn Entropy, len: usize) -> usize {
    let n = u32::try_from(len).unwrap_or(u32::MAX);
    below(entropy, n) as usize
}

/// A repeatable source for tests: SHA-256 of a seed and a counter. Never use it for secrets.
#[derive(Debug)]
pub struct SeededEntropy {
    seed: u64,
    counter: AtomicU64,
}

impl SeededEntropy {
    /// A source whose bytes depend on `seed` alone.
    pub const fn new(seed: u64) -> Self {
        Self { seed, counter: AtomicU64::new(0) }
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let block = self.counter.fetch_add(1, Ordering::Relaxed);
            let digest =
                Sha256::new().chain_update(self.seed.to_le_bytes()).chain_update(block.to_le_bytes());
            chunk.copy_from_slice(&digest.finalize()[..chunk.len()]);
        }
    }
}
