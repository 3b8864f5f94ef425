//! Sessions begin and end.

use regain_app::outcome::{Cookie, Outcome};
use regain_app::visit::{self, Visit};
use regain_core::code::SupportCode;
use regain_core::limits::PASS_SESSION_LIFE;
use regain_core::secret::Secret;
use regain_core::time::{Duration, Timestamp};
use regain_store::{Result, Session, TemporaryPass, Tx};
use uuid::Uuid;

use crate::browser::Marked;
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::person::Person;

/// Absolute life of an administrator's session (security reference 1.3; a working day).
const ADMINISTRATOR_LIFE: Duration = Duration::from_hours(8);
/// Absolute life of anybody else's: a visit to the security info takes minutes.
const LIFE: Duration = Duration::from_hours(1);

/// A session that began.
pub(super) struct Begun {
    /// Of its cookie.
    pub(super) token: Secret,
    /// Its support code.
    pub(super) support_code: String,
    /// The browser, known from now on.
    pub(super) browser: Marked,
    /// Until when no method is changed in it.
    pub(super) held_until: Option<Timestamp>,
    /// Whether a proof of the reset just before stands for its second factor.
    pub(super) carried: bool,
}

impl Begun {
    /// Leads on, with the cookies.
    pub(super) fn lead(self, to: String) -> Outcome {
        Outcome::go(to).with_cookie(Cookie::Session(self.token)).with_cookie(self.browser.cookie())
    }
}

/// Begins a session under a new token (T90). Its support code is the one that the sign-in page showed, unless another
/// session had that. One that a temporary pass opens is marked with it.
pub(super) async fn begin(
    engine: &Engine,
    tx: &mut dyn Tx,
    visit: &Visit,
    person: &Person,
    pass: Option<&TemporaryPass>,
) -> Result<Begun> {
    let support_code = match &visit.session {
        Some(_) => SupportCode::generate(&*engine.entropy).as_str().to_owned(),
        None => visit.support_code.clone(),
    };
    let (token, browser, now) = (engine.new_token(), engine.mark_browser(visit), engine.now());
    let life = match pass {
        Some(_) => PASS_SESSION_LIFE,
        None if person.roles.is_empty() => LIFE,
        None => ADMINISTRATOR_LIFE,
    };
    let expires_at = now.plus(life);
    // A pass that is used up by this sign-in gives all of its ten minutes; one for more uses ends with itself.
    let expires_at = match pass {
        Some(pass) if !pass.one_time => expires_at.min(pass.expires_at),
        _ => expires_at,
    };
    let carried = match pass {
        None => engine.carry_proof(tx, person, &browser.hash).await?,
        Some(_) => None,
    };
    let session = Session {
        id: engine.new_id(),
        token_hash: token_hash(token.expose()),
        user_id: person.user.id,
        support_code: support_code.clone(),
        address: visit.address.to_string(),
        client: visit.client.clone(),
        created_at: now,
        seen_at: now,
        expires_at,
        proved_at: carried.map(|_| engine.carried_at()),
        proved_by: carried.map(|method| method.as_str().to_owned()),
        pass_id: pass.map(|pass| pass.id),
        browser: Some(browser.hash.clone()),
        agreed_at: None,
        agreed_by: None,
    };
    tx.add_session(&session).await?;
    let held_until = engine.held_until(tx, &session, &person.policies).await?;
    tx.remember_browser(person.user.id, &browser.hash, false, now).await?;
    Ok(Begun { token, support_code, browser, held_until, carried: carried.is_some() })
}

/// Ends a session. Takes the lock of its person's account.
pub(super) async fn end(engine: &Engine, tx: &mut dyn Tx, session: &visit::Session) -> Result<()> {
    let (Ok(id), Ok(user_id)) = (session.id.parse::<Uuid>(), session.user_id.parse::<Uuid>()) else {
        return Ok(());
    };
    engine.lock_user(tx, user_id).await?;
    tx.end_session(id).await
}

/// Ends the session that the browser brought along, whoever's it was: in a transaction of its own, because two accounts
/// are never locked at once.
pub(super) async fn end_brought_along(engine: &Engine, visit: &Visit) -> Result<()> {
    let Some(old) = &visit.session else { return Ok(()) };
    let mut tx = engine.store.write().await?;
    end(engine, &mut *tx, old).await?;
    tx.commit().await
}
