//! Order, names and keys of an attack: drawn anew each time, or the same again from the same seed.

use std::hash::{BuildHasher as _, RandomState};

/// SplitMix64: small, and good enough to shuffle with.
pub struct Random(u64);

impl Random {
    /// The same numbers for the same seed.
    pub const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// From the randomness that hash maps are keyed with.
    pub fn fresh() -> Self {
        Self::seeded(RandomState::new().hash_one(0_u8))
    }

    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or_default()
    }

    /// In any order.
    pub fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.below(last + 1));
        }
    }

    /// So many bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.next().to_le_bytes()[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_keeps_everything_and_is_the_same_for_the_same_seed() {
        let mut one: Vec<usize> = (0..100).collect();
        let mut other = one.clone();
        Random::seeded(7).shuffle(&mut one);
        Random::seeded(7).shuffle(&mut other);
        assert_eq!(one, other);
        assert_ne!(one, (0..100).collect::<Vec<_>>());
        one.sort_unstable();
        assert_eq!(one, (0..100).collect::<Vec<_>>());
    }
}
