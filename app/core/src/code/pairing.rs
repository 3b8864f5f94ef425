//! Codes that pair an authenticator with an account: a long one that is scanned, a short one that is typed.

use super::crockford;
use crate::secret::Secret;

/// What a person hands to the authenticator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PairingCode {
    /// 40 bits, typed together with the username.
    Typed(Secret),
    /// 130 bits, from the QR code: enough without a name.
    Scanned(Secret),
}

impl PairingCode {
    /// Characters of a typed code.
    pub const TYPED: usize = 8;
    /// Characters of a scanned code.
    pub const SCANNED: usize = 26;

    /// Spells random bytes as a code that is typed; `None` when they are too few.
    pub fn typed(bytes: &[u8]) -> Option<Self> {
        bytes.get(..Self::TYPED).map(|bytes| Self::Typed(crockford::spell(bytes).into()))
    }

    /// Spells random bytes as a code that is scanned; `None` when they are too few.
    pub fn scanned(bytes: &[u8]) -> Option<Self> {
        bytes.get(..Self::SCANNED).map(|bytes| Self::Scanned(crockford::spell(bytes).into()))
    }

    /// Reads either of them; the length tells which it is.
    pub fn parse(text: &str) -> Option<Self> {
        let chars = crockford::read(text, Self::SCANNED)?;
        match chars.len() {
            Self::TYPED => Some(Self::Typed(chars.into())),
            Self::SCANNED => Some(Self::Scanned(chars.into())),
            _ => None,
        }
    }

    /// The characters, without dashes.
    pub fn expose(&self) -> &str {
        match self {
            Self::Typed(chars) | Self::Scanned(chars) => chars.expose(),
        }
    }
}
