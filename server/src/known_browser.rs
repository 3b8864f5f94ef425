//! Browsers that are known as a person's: those in which the person signed in, or reset the password, within 90 days.
//!
//! Their resets have sends and tries of their own, so that strangers who name the person cannot use those up. The
//! browser keeps a sealed list of keyed hashes; nothing of it is stored here, and it opens nothing.

use data_encoding::BASE64URL_NOPAD;
use regain_app::outcome::Cookie;
use regain_app::visit::{KnownAccount, Visit};
use regain_core::limits::{KNOWN_ACCOUNTS, KNOWN_BROWSER};
use regain_core::secret::Secret;

use crate::engine::Engine;

/// What the list is sealed for.
const PURPOSE: &str = "known browser";

impl Engine {
    /// Whether the person of this account signed in or reset here lately.
    pub(crate) fn knows_browser(&self, visit: &Visit, account: &str) -> bool {
        let name = self.keys.subject(PURPOSE, account);
        visit.known_accounts.iter().any(|known| known.name == name)
    }

    /// The browser's list with this account at its head.
    pub(crate) fn remember_browser(&self, visit: &Visit, account: &str) -> Cookie {
        let name = self.keys.subject(PURPOSE, account);
        let others = visit.known_accounts.iter().filter(|known| known.name != name).cloned();
        let mut list = vec![KnownAccount { name: name.clone(), at: self.now() }];
        list.extend(others);
        list.truncate(KNOWN_ACCOUNTS);
        let json = serde_json::to_vec(&list).unwrap_or_default();
        Cookie::Known(Secret::from(BASE64URL_NOPAD.encode(&self.seal(PURPOSE, b"", &json))))
    }

    /// Opens a browser's list: what is in it and not too old.
    pub(crate) fn known_accounts(&self, sealed: &str) -> Vec<KnownAccount> {
        let sealed = BASE64URL_NOPAD.decode(sealed.as_bytes()).unwrap_or_default();
        let json = self.open(PURPOSE, b"", &sealed).unwrap_or_default();
        let mut list: Vec<KnownAccount> = serde_json::from_slice(&json).unwrap_or_default();
        let oldest = self.now().minus(KNOWN_BROWSER);
        list.retain(|known| known.at > oldest);
        list.truncate(KNOWN_ACCOUNTS);
        list
    }
}
