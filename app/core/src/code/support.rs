//! Support codes: they name one flow to the help desk and are no secret.

use super::crockford;
use crate::entropy::Entropy;
use serde::{Deserialize, Serialize};

/// Characters without the dash; 40 bits.
const CHARS: usize = 8;

/// A support code, `XXXX-XXXX`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SupportCode(String);

impl SupportCode {
    /// A new code, each one equally likely.
    pub fn generate(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; CHARS];
        entropy.fill(&mut bytes);
        Self::join(&crockford::spell(&bytes))
    }

    /// Reads a typed code: case and dashes do not matter, `O` is 0, `I` and `L` are 1.
    pub fn parse(text: &str) -> Option<Self> {
        crockford::read(text, CHARS).filter(|chars| chars.len() == CHARS).map(|chars| Self::join(&chars))
    }

    /// The code with its dash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn join(chars: &str) -> Self {
        let (first, second) = chars.split_at(CHARS / 2);
        Self(format!("{first}-{second}"))
    }
}

impl core::fmt::Display for SupportCode {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<SupportCode> for String {
    fn from(code: SupportCode) -> Self {
        code.0
    }
}

impl TryFrom<String> for SupportCode {
    type Error = crate::UnknownName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or(crate::UnknownName)
    }
}
