//! Recognising a browser by a cookie that stays: that a person signed in or reset in it before, or showed a second factor
//! there, and that two requests come from one browser. It opens nothing. It gives resets sends and tries of their own
//! (ADR 0013), and says *this phone* of a request.

use regain_app::outcome::Cookie;
use regain_app::visit::Visit;
use regain_core::limits::KNOWN_BROWSER;
use regain_core::secret::Secret;
use regain_store::{KnownBrowser, Result, Tx};
use uuid::Uuid;

use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::forms::Derived;

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
        let token = visit.browser.clone().unwrap_or_else(|| self.derive(visit, Derived::Browser));
        let hash = token_hash(token.expose());
        Marked { token, hash }
    }

    /// The browser, if the person signed in or reset in it lately. For whoever has no account, and in a browser without
    /// our cookie, the same is asked.
    pub async fn known_browser(
        &self,
        tx: &mut dyn Tx,
        user_id: Uuid,
        browser: Option<&[u8]>,
    ) -> Result<Option<KnownBrowser>> {
        let oldest = self.now().minus(KNOWN_BROWSER);
        let known = tx.known_browser(user_id, browser.unwrap_or_default()).await?;
        Ok(known.filter(|known| known.seen_at > oldest))
    }
}
