//! Recognising a browser by a cookie that stays: that a person signed in in it before, or showed a second factor there,
//! and that two requests come from one browser. It is a fact beside others; alone it opens nothing.

use regain_app::outcome::Cookie;
use regain_app::visit::Visit;
use regain_core::secret::Secret;
use regain_core::time::Duration;

use crate::crypto::token_hash;
use crate::engine::Engine;

/// A browser stays known so long after the last sign-in in it.
pub const KNOWN: Duration = Duration::from_hours(90 * 24);

/// The browser of a visit as rows know it, where it keeps our cookie.
pub fn of(visit: &Visit) -> Option<Vec<u8>> {
    visit.browser.as_ref().map(|token| token_hash(token.expose()))
}

/// A browser's cookie, and what rows know it by.
#[derive(Clone)]
pub struct Marked {
    token: Secret,
    /// For rows.
    pub hash: Vec<u8>,
}

impl Marked {
    /// What the cookie holds.
    pub fn token(&self) -> &Secret {
        &self.token
    }

    /// The cookie, which lasts from now on.
    pub fn cookie(self) -> Cookie {
        Cookie::Browser(self.token)
    }
}

impl Engine {
    /// The browser's own cookie, or a new one.
    pub fn mark_browser(&self, visit: &Visit) -> Marked {
        let token = visit.browser.clone().unwrap_or_else(|| self.new_token());
        let hash = token_hash(token.expose());
        Marked { token, hash }
    }
}
