//! A second factor within a session: who must show one, which count, and how fresh it must be (R53, R85, R86, T106).
//! There is one definition, and it stands here. A **strong** factor is one that may be the second factor of the person's
//! sign-in, as the authentication methods policy says, that the person registered and that works. Who has one shows one.
//! Who has none may show what else tells most, a mailbox at last, to reach their own security info; the admin portal and
//! a sign-in that demands a second factor it never opens.

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

/// How much a method tells, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A mailbox.
    Mailbox,
    /// A method that counts at sign-in, but not for this person.
    Device,
    /// A method that may be the second factor of this person's sign-in.
    Strong,
}

/// How much a method tells about this person.
pub fn strength(person: &Person, method: Method) -> Strength {
    if person.effective.sign_in.methods.contains(method) {
        Strength::Strong
    } else if method.counts_at_sign_in() {
        Strength::Device
    } else {
        Strength::Mailbox
    }
}

/// The strength of what the person has.
pub fn strongest(person: &Person) -> Option<Strength> {
    registered(person).map(|factor| strength(person, factor.method)).max()
}

/// The person's strong factors, strongest first. Whether the policies offer them for reset does not matter: they still
/// tell who it is. What an administrator entered does not count: it may be out of date, and then it would keep its owner
/// from correcting it.
pub fn strong_factors(person: &Person) -> Vec<Factor> {
    of_strength(person, Strength::Strong)
}

/// The methods with which a person steps up for their own security info: the strong ones; only where there are none,
/// whatever else tells most. Security questions never count (R53).
pub fn factors(person: &Person) -> Vec<Factor> {
    strongest(person).map(|strength| of_strength(person, strength)).unwrap_or_default()
}

/// When a factor was shown in the session that counts for this person as they are now.
pub fn proved_at(person: &Person, session: &Session) -> Option<Timestamp> {
    let shown = session.proved_by.map(|method| strength(person, method));
    let counts = strongest(person).is_none_or(|has| has == Strength::Mailbox || shown >= Some(has));
    session.proved_at.filter(|_| counts)
}

/// Whether something was shown so lately that dangerous acts need not ask again.
pub fn is_fresh(proved_at: Option<Timestamp>, now: Timestamp) -> bool {
    proved_at.is_some_and(|at| now.since(at) <= STEP_UP_LIFE)
}

fn of_strength(person: &Person, wanted: Strength) -> Vec<Factor> {
    registered(person).filter(|factor| strength(person, factor.method) == wanted).cloned().collect()
}

/// Registered by the person, working here, and not suspended. Answers to questions are no row among the methods.
fn registered(person: &Person) -> impl Iterator<Item = &Factor> {
    let counts = |factor: &&Factor| {
        factor.method_id.is_some() && person.working.contains(factor.method) && !person.is_suspended(factor)
    };
    person.factors.iter().filter(counts)
}

impl Engine {
    /// The session, with a password of the person's own and the second factor that sign-in demands. Every use case of a
    /// signed-in person passes here.
    pub fn session_gate<'v>(&self, visit: &'v Visit) -> std::result::Result<&'v Session, Failure> {
        let session = self.half_open_gate(visit)?;
        if session.owes_second_factor { Err(Failure::StepUp) } else { Ok(session) }
    }

    /// The same before the second factor: only to show it, and to register one.
    pub fn half_open_gate<'v>(&self, visit: &'v Visit) -> std::result::Result<&'v Session, Failure> {
        let session = visit.session.as_ref().ok_or(Failure::SignedOut)?;
        if session.must_change_password { Err(Failure::ChangePassword) } else { Ok(session) }
    }

    /// Notes that a second factor was shown in this session, and gives it a new token (T90) for
    /// [`regain_app::outcome::Cookie::Session`]. `None` when the session is over.
    pub async fn prove_session(
        &self,
        tx: &mut dyn Tx,
        session: &Session,
        by: Method,
    ) -> Result<Option<Secret>> {
        let Ok(id) = session.id.parse() else { return Ok(None) };
        let token = self.new_token();
        let proved = tx.prove_session(id, &token_hash(token.expose()), by.as_str(), self.now()).await?;
        Ok(proved.then_some(token))
    }
}
