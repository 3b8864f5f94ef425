//! A form that comes twice: *Next* was pressed twice, or the answer was lost on the way. The second one leads where the
//! first one led, and nothing happens again.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, Weak};

use regain_app::form_mark::Posted;
use regain_app::outcome::{Cookie, Outcome};
use regain_app::visit::Visit;
use regain_core::secret::Secret;
use regain_core::time::{Duration, Timestamp};
use regain_store::{AnsweredForm, Result, Tx};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::crypto::token_hash;
use crate::engine::Engine;

/// How long a token that was replaced is good for the very same form.
pub const GRACE: Duration = Duration::from_secs(10);
/// How long a form that made something leads to what it made: no session lasts longer.
const MADE: Duration = Duration::from_hours(8);

/// A cookie whose new token is derived from the form that is answered, so that it can be given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Derived {
    Session,
    Flow,
    Browser,
}

impl Derived {
    const ALL: [Self; 3] = [Self::Session, Self::Flow, Self::Browser];

    /// Its name in rows.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Flow => "flow",
            Self::Browser => "browser",
        }
    }

    const fn of(cookie: &Cookie) -> Option<Self> {
        match cookie {
            Cookie::Session(_) => Some(Self::Session),
            Cookie::Flow(_) => Some(Self::Flow),
            Cookie::Browser(_) => Some(Self::Browser),
            Cookie::EndSession | Cookie::EndFlow | Cookie::Finish(_) | Cookie::Probe | Cookie::EndVisit => {
                None
            }
        }
    }

    fn with(self, token: Secret) -> Cookie {
        match self {
            Self::Session => Cookie::Session(token),
            Self::Flow => Cookie::Flow(token),
            Self::Browser => Cookie::Browser(token),
        }
    }
}

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
    /// The same new tokens, where the form came with the token that was replaced.
    pub(crate) cookies: Vec<Cookie>,
}

impl Engine {
    /// A new token for a cookie that the answer to this form sets.
    pub(crate) fn derive(&self, visit: &Visit, what: Derived) -> Secret {
        match &visit.posted {
            Some(posted) => self.token_of(posted, what, posted.at),
            None => self.new_token(),
        }
    }

    fn token_of(&self, posted: &Posted, what: Derived, at: Timestamp) -> Secret {
        self.keys.next_token(what.as_str(), posted.token.expose(), &posted.digest, at)
    }

    /// Keeps where the form leads, in the transaction of what it did. Of the same form at two servers at once one fails
    /// here, and is answered with what the other one did ([`crate::http`]).
    pub(crate) async fn remember(&self, tx: &mut dyn Tx, visit: &Visit, outcome: &Outcome) -> Result<()> {
        let Some(posted) = visit.posted.as_ref().filter(|_| !outcome.is_refused()) else { return Ok(()) };
        tx.keep_answered(&AnsweredForm { cookies: names(outcome), ..answered(posted, outcome.path()) }).await
    }

    /// Makes this form the one that makes something new, in the transaction that makes it and before anything is made:
    /// of the same form at two servers the second waits here until the first is done, and fails.
    pub(crate) async fn claim(&self, tx: &mut dyn Tx, visit: &Visit) -> Result<()> {
        let Some(posted) = &visit.posted else { return Ok(()) };
        tx.keep_answered(&made(posted, "")).await
    }

    /// Keeps where the claimed form leads, for as long as its session lasts.
    pub(crate) async fn remember_made(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        outcome: &Outcome,
    ) -> Result<()> {
        let Some(posted) = &visit.posted else { return Ok(()) };
        tx.keep_answered(&made(posted, outcome.path())).await
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
            let shows = shows.map(ToOwned::to_owned);
            tx.keep_answered(&AnsweredForm { shows, ..answered(posted, led_to) }).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// What the same form was answered with. With the token that was replaced by it, it counts for ten seconds; otherwise
    /// it counts where `belongs`: it acts on what its cookie names now, or on nothing.
    pub(crate) async fn earlier(
        &self,
        visit: &Visit,
        posted: &Posted,
        belongs: bool,
    ) -> Result<Option<Earlier>> {
        let mut tx = self.store.read().await?;
        let Some(form) = tx.answered(&posted.digest, self.now()).await? else { return Ok(None) };
        let came_with = token_hash(posted.token.expose()) == form.token_hash;
        let named = |what: &Derived| form.cookies.split(' ').any(|name| name == what.as_str());
        let given = Derived::ALL.into_iter().filter(|what| came_with && named(what));
        let cookies: Vec<Cookie> = given
            .map(|what| match (what, &visit.browser) {
                // A browser that has its own keeps it.
                (Derived::Browser, Some(own)) => Cookie::Browser(own.clone()),
                _ => what.with(self.token_of(posted, what, form.answered_at)),
            })
            .collect();
        let is_it = !cookies.is_empty() || belongs;
        Ok(is_it.then_some(Earlier { led_to: form.led_to, shows: form.shows, cookies }))
    }
}

/// The names of the cookies that get a new token.
fn names(outcome: &Outcome) -> String {
    let names = outcome.cookies().iter().filter_map(Derived::of).map(Derived::as_str);
    names.collect::<Vec<_>>().join(" ")
}

fn answered(posted: &Posted, led_to: &str) -> AnsweredForm {
    AnsweredForm {
        digest: posted.digest.clone(),
        holder: posted.holder.clone(),
        led_to: led_to.to_owned(),
        shows: None,
        cookies: String::new(),
        token_hash: token_hash(posted.token.expose()),
        made: false,
        answered_at: posted.at,
        expires_at: posted.at.plus(GRACE),
    }
}

fn made(posted: &Posted, led_to: &str) -> AnsweredForm {
    AnsweredForm { made: true, expires_at: posted.at.plus(MADE), ..answered(posted, led_to) }
}
