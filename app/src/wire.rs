//! The one type in which a secret crosses from a form into a server function.

use regain_core::secret::Secret;
use serde::{Deserialize, Serialize, Serializer, ser};

/// A password, code or answer as posted. `#[server]` derives `Debug` and asks for `Serialize`: the first prints
/// `***`, the second fails, so that a secret can neither be logged nor sent back.
#[derive(Default, Deserialize)]
#[serde(from = "String")]
pub struct Posted(Secret);

impl Posted {
    /// The secret itself.
    pub fn into_secret(self) -> Secret {
        self.0
    }
}

impl From<String> for Posted {
    fn from(text: String) -> Self {
        Self(Secret::from(text))
    }
}

impl std::fmt::Debug for Posted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl Clone for Posted {
    fn clone(&self) -> Self {
        Self(Secret::from(self.0.expose().to_owned()))
    }
}

impl Serialize for Posted {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(ser::Error::custom("a secret is never serialised"))
    }
}
