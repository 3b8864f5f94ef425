//! Recovery codes: saved by their owner, each good once.

use super::crockford;
use crate::entropy::Entropy;
use crate::secret::Secret;

/// A recovery code: 16 characters of Crockford's alphabet, 80 bits (NIST SP 800-63B-4, 4.2.1.1: at least 64).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryCode(Secret);

impl RecoveryCode {
    /// Characters without the dashes.
    pub const CHARS: usize = 16;
    const GROUP: usize = 4;

    /// A new code, each one equally likely.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; Self::CHARS];
        entropy.fill(&mut bytes);
        Self(crockford::spell(&bytes).into())
    }

    /// Reads a typed code: case, spaces and dashes do not matter, `O` is 0, `I` and `L` are 1.
    pub fn parse(text: &str) -> Option<Self> {
        let chars = crockford::read(text, Self::CHARS)?;
        (chars.len() == Self::CHARS).then(|| Self(chars.into()))
    }

    /// The characters, without dashes: what is hashed.
    pub fn expose(&self) -> &Secret {
        &self.0
    }

    /// As people read it: `XXXX-XXXX-XXXX-XXXX`.
    pub fn readable(&self) -> Secret {
        let chars: Vec<char> = self.0.expose().chars().collect();
        let groups: Vec<String> = chars.chunks(Self::GROUP).map(|group| group.iter().collect()).collect();
        groups.join("-").into()
    }
}
