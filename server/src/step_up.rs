//! A second factor within a session: who must show one, and how fresh it must be (R85, R86, T106).

use regain_app::outcome::Failure;
use regain_app::visit::{Session, Visit};
use regain_core::limits::STEP_UP_LIFE;
use regain_core::method::Method;
use regain_core::secret::Secret;
use regain_core::time::Timestamp;
use regain_store::{Result, Tx};

use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::person::{Factor, Person};
use crate::services::failure;

/// The methods with which a person can step up: registered by themselves and working here, strongest first. Whether
/// the reset policy offers them does not matter: they still tell who it is. Security questions never count (R53), and
/// what an administrator entered does not either: it may be out of date, and then it would keep its owner from
/// correcting it.
pub fn factors(person: &Person) -> Vec<Factor> {
    let counts = |factor: &&Factor| {
        factor.method_id.is_some()
            && person.working.contains(factor.method)
            && !person.is_suspended(factor)
            && matches!(
                factor.method,
                Method::AppCode | Method::MobilePhone | Method::OfficePhone | Method::Email
            )
    };
    person.factors.iter().filter(counts).cloned().collect()
}

/// Whether a second factor was shown so lately that dangerous acts need not ask again.
pub fn is_fresh(session: &Session, now: Timestamp) -> bool {
    session.proved_at.is_some_and(|at| now.since(at) < STEP_UP_LIFE)
}

impl Engine {
    /// The session, with a password of the person's own. Every use case of a signed-in person passes here.
    pub fn session_gate<'v>(&self, visit: &'v Visit) -> std::result::Result<&'v Session, Failure> {
        let session = visit.session.as_ref().ok_or(Failure::SignedOut)?;
        if session.must_change_password { Err(Failure::ChangePassword) } else { Ok(session) }
    }

    /// The session, in which a second factor was shown if the person has one (R85): to see security info.
    pub async fn proved_gate<'v>(&self, visit: &'v Visit) -> std::result::Result<&'v Session, Failure> {
        let session = self.session_gate(visit)?;
        if session.proved_at.is_some() {
            return Ok(session);
        }
        self.unless_factor(session).await
    }

    /// The session, in which a second factor was shown in the last five minutes if the person has one (R86): to add,
    /// change or remove methods, and for what else cannot be undone.
    pub async fn fresh_gate<'v>(&self, visit: &'v Visit) -> std::result::Result<&'v Session, Failure> {
        let session = self.session_gate(visit)?;
        if is_fresh(session, self.now()) {
            return Ok(session);
        }
        self.unless_factor(session).await
    }

    async fn unless_factor<'v>(&self, session: &'v Session) -> std::result::Result<&'v Session, Failure> {
        let mut tx = self.store.read().await.map_err(failure)?;
        let Ok(user_id) = session.user_id.parse() else { return Err(Failure::Internal) };
        let person =
            Person::load(self, &mut *tx, user_id).await.map_err(failure)?.ok_or(Failure::SignedOut)?;
        if factors(&person).is_empty() { Ok(session) } else { Err(Failure::StepUp) }
    }

    /// Notes that a second factor was shown in this session, and gives it a new token (T90) for
    /// [`regain_app::outcome::Cookie::Session`]. Registering a method shows it, too. `None` when the session is over.
    pub async fn prove_session(&self, tx: &mut dyn Tx, session: &Session) -> Result<Option<Secret>> {
        let Ok(id) = session.id.parse() else { return Ok(None) };
        let token = self.new_token();
        let proved = tx.prove_session(id, &token_hash(token.expose()), self.now()).await?;
        Ok(proved.then_some(token))
    }
}
