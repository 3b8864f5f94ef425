//! A form that comes twice: *Next* was pressed twice, or the answer was lost on the way. The second one leads where the
//! first one led, and nothing happens again.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, Weak};

use regain_app::form_mark::{Posted, makes};
use regain_app::outcome::{Cookie, Outcome};
use regain_app::visit::Visit;
use regain_core::secret::Secret;
use regain_core::time::Duration;
use regain_store::{AnsweredForm, Result, Tx};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::crypto::token_hash;
use crate::engine::Engine;

/// How long a token that was replaced is good for the very same form.
pub const GRACE: Duration = Duration::from_secs(10);
/// How long a form that made something leads to what it made: no session lasts longer.
const MADE: Duration = Duration::from_hours(8);

const SESSION: &str = "session";
const FLOW: &str = "flow";

/// Of the same form twice at once, the second waits for what becomes of the first.
#[derive(Default)]
pub struct Turns(std::sync::Mutex<HashMap<Vec<u8>, Weak<Mutex<()>>>>);

impl Turns {
    /// Waits until nobody answers the form of this digest.
    pub async fn take(&self, digest: &[u8]) -> OwnedMutexGuard<()> {
        let turn = {
            let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            turns.retain(|_, turn| turn.strong_count() > 0);
            let known = turns.get(digest).and_then(Weak::upgrade);
            let turn = known.unwrap_or_default();
            turns.insert(digest.to_vec(), Arc::downgrade(&turn));
            turn
        };
        turn.lock_owned().await
    }
}

/// What a form was answered with.
pub(crate) struct Earlier {
    pub(crate) led_to: String,
    pub(crate) shows: Option<String>,
    /// The same new token, where the form came with the token that this one replaced.
    pub(crate) cookie: Option<Cookie>,
}

impl Engine {
    /// A new token for a cookie that the answer to this form sets.
    pub(crate) fn next_token(&self, visit: &Visit) -> Secret {
        match &visit.posted {
            Some(posted) => self.keys.next_token(posted.token.expose(), &posted.digest, posted.at),
            None => self.new_token(),
        }
    }

    /// Keeps where the form leads, in the transaction of what it did.
    pub(crate) async fn remember(&self, tx: &mut dyn Tx, visit: &Visit, outcome: &Outcome) -> Result<()> {
        let Some(posted) = visit.posted.as_ref().filter(|_| !outcome.is_refused()) else { return Ok(()) };
        let cookie = outcome.renewed_cookie().map(|cookie| match cookie {
            Cookie::Flow(_) => FLOW,
            _ => SESSION,
        });
        tx.keep_answered(&answered(posted, visit, outcome.path(), None, cookie)).await
    }

    /// Keeps where a form led that was not kept with what it did, and what the page there shows.
    pub(crate) async fn remember_later(
        &self,
        visit: &Visit,
        led_to: &str,
        shows: Option<&str>,
    ) -> Result<()> {
        let Some(posted) = &visit.posted else { return Ok(()) };
        let mut tx = self.store.write().await?;
        if tx.answered(&posted.digest, self.now()).await?.is_none() {
            tx.keep_answered(&answered(posted, visit, led_to, shows, None)).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// What the same form was answered with. With the token that was replaced by it, it counts for ten seconds; otherwise
    /// it counts where `belongs`: it acts on what its cookie names now, or on nothing.
    pub(crate) async fn earlier(&self, posted: &Posted, belongs: bool) -> Result<Option<Earlier>> {
        let mut tx = self.store.read().await?;
        let Some(form) = tx.answered(&posted.digest, self.now()).await? else { return Ok(None) };
        let came_with = token_hash(posted.token.expose()) == form.token_hash;
        let cookie = form.cookie.as_deref().filter(|_| came_with).map(|cookie| {
            let token = self.keys.next_token(posted.token.expose(), &posted.digest, form.answered_at);
            if cookie == FLOW { Cookie::Flow(token) } else { Cookie::Session(token) }
        });
        let is_it = cookie.is_some() || belongs;
        Ok(is_it.then_some(Earlier { led_to: form.led_to, shows: form.shows, cookie }))
    }
}

fn answered(
    posted: &Posted,
    visit: &Visit,
    led_to: &str,
    shows: Option<&str>,
    cookie: Option<&str>,
) -> AnsweredForm {
    let made = makes(&visit.path);
    AnsweredForm {
        digest: posted.digest.clone(),
        holder: posted.holder.clone(),
        led_to: led_to.to_owned(),
        shows: shows.map(ToOwned::to_owned),
        cookie: cookie.map(ToOwned::to_owned),
        token_hash: token_hash(posted.token.expose()),
        made,
        answered_at: posted.at,
        expires_at: posted.at.plus(if made { MADE } else { GRACE }),
    }
}
