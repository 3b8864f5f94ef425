//! The check that runs by itself, solved as fast as this machine can: an attack needs thousands.

use std::slice;

use anyhow::{Context, Result, ensure};
use sha2::block_api::compress256;

use crate::browser::between;

/// What SHA-256 begins with (FIPS 180-4, 5.3.3).
const INITIAL: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];
/// Bytes of a block.
const BLOCK: usize = 64;
/// A message that is longer does not fit into one block with what ends it: a bit, and the length in 64 bits.
const LONGEST: usize = BLOCK - 9;

/// The first number after which SHA-256 begins with as many zero bits as the page asks for.
pub fn solve(page: &str) -> Result<String> {
    let page = page.replace("&quot;", "\"");
    let seed = between(&page, "\"seed\":\"", "\"").context("the page has no proof of work")?;
    let bits: u32 = between(&page, "\"bits\":", "}")
        .and_then(|rest| rest.split(',').next())
        .context("no bits")?
        .parse()?;
    ensure!(bits <= u32::BITS, "nobody solves a puzzle of {bits} bits");
    (1..)
        .map_while(|digits| Block::with(seed, digits))
        .find_map(|block| block.solution(bits))
        .context("no solution")
}

/// The one block of a message that ends in a number of so many digits.
struct Block {
    bytes: [u8; BLOCK],
    /// Where the number begins and ends.
    first: usize,
    end: usize,
}

impl Block {
    /// With the smallest number of so many digits; `None` where more than a block is needed.
    fn with(seed: &str, digits: usize) -> Option<Self> {
        let first = seed.len() + 1;
        let end = first + digits;
        if end > LONGEST {
            return None;
        }
        let mut bytes = [0; BLOCK];
        bytes[..seed.len()].copy_from_slice(seed.as_bytes());
        bytes[seed.len()] = b':';
        bytes[first..end].fill(b'0');
        if digits > 1 {
            bytes[first] = b'1';
        }
        bytes[end] = 0x80;
        bytes[BLOCK - 8..].copy_from_slice(&(8 * end as u64).to_be_bytes());
        Some(Self { bytes, first, end })
    }

    fn solution(mut self, bits: u32) -> Option<String> {
        loop {
            let mut state = INITIAL;
            compress256(&mut state, slice::from_ref(&self.bytes));
            if state[0].leading_zeros() >= bits {
                return Some(
                    self.bytes[self.first..self.end].iter().map(|digit| char::from(*digit)).collect(),
                );
            }
            if !self.count_on() {
                return None;
            }
        }
    }

    /// The next number, unless it had more digits.
    fn count_on(&mut self) -> bool {
        for digit in self.bytes[self.first..self.end].iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                return true;
            }
            *digit = b'0';
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn the_first_number_that_solves_it_is_found() {
        for bits in [1, 4, 9, 12] {
            let page = format!(
                "{{&quot;seed&quot;:&quot;0123456789abcdef0123456789abcdef&quot;,&quot;bits&quot;:{bits},"
            );
            let solves = |number: &u64| {
                let digest = Sha256::digest(format!("0123456789abcdef0123456789abcdef:{number}"));
                u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]).leading_zeros() >= bits
            };
            let first = (0..100_000).find(solves).expect("a number");
            assert_eq!(solve(&page).expect("a solution"), first.to_string());
        }
    }
}
