//! Support codes: they name one flow to the help desk and are no secret.

use crate::entropy::Entropy;
use serde::{Deserialize, Serialize};

/// Crockford's alphabet: no `I`, `L`, `O` or `U`, so that a code can be read out.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
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
        Self::join(bytes.iter().map(|byte| ALPHABET[usize::from(byte % 32)]))
    }

    /// Reads a typed code: case and dashes do not matter, `O` is 0, `I` and `L` are 1.
    pub fn parse(text: &str) -> Option<Self> {
        let mut chars = Vec::with_capacity(CHARS);
        for c in text.chars().filter(|c| !c.is_whitespace() && !crate::text::is_dash(*c)) {
            let c = match c.to_ascii_uppercase() {
                'O' => b'0',
                'I' | 'L' => b'1',
                other => u8::try_from(other).ok()?,
            };
            if chars.len() == CHARS || !ALPHABET.contains(&c) {
                return None;
            }
            chars.push(c);
        }
        (chars.len() == CHARS).then(|| Self::join(chars.into_iter()))
    }

    /// The code with its dash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn join(chars: impl Iterator<Item = u8>) -> Self {
        let mut text = String::with_capacity(CHARS + 1);
        for (index, c) in chars.enumerate() {
            if index == CHARS / 2 {
                text.push('-');
            }
            text.push(char::from(c));
        }
        Self(text)
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
