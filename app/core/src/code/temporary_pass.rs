//! The text of a temporary pass.

use super::crockford;
use crate::entropy::Entropy;
use crate::secret::Secret;
use crate::temporary_pass::LENGTHS;

/// A temporary pass: Crockford's characters, so that it can be read out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassCode(Secret);

impl PassCode {
    /// A new one of so many characters, each equally likely.
    pub fn generate(entropy: &dyn Entropy, length: u8) -> Self {
        let mut bytes = vec![0; usize::from(length.clamp(*LENGTHS.start(), *LENGTHS.end()))];
        entropy.fill(&mut bytes);
        Self(crockford::spell(&bytes).into())
    }

    /// Reads a typed pass: case, blanks and dashes do not matter, `O` is 0, `I` and `L` are 1. `None` for what cannot
    /// be one.
    pub fn parse(text: &str) -> Option<Self> {
        let chars = crockford::read(text, usize::from(*LENGTHS.end()))?;
        (chars.len() >= usize::from(*LENGTHS.start())).then(|| Self(chars.into()))
    }

    /// The characters without dashes, to hash or compare.
    pub const fn secret(&self) -> &Secret {
        &self.0
    }
}
