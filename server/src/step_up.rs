//! A second factor within a session: who must show one, which count, and how fresh it must be (R53, R85, R86, T106).
//! There is one definition, and it stands here and in [`regain_core::method::held`]. A **strong** factor is one that may
//! be the second factor of the person's sign-in, as the authentication methods policy says, and that the person
//! registered. Who has one shows one. Who has none may show what else tells most, a mailbox at last, to reach their own
//! security info; the admin portal and a sign-in that demands a second factor it never opens.
//!
//! What a person is asked is told by everything that they registered, whether it works at the moment or not. What is
//! asked and does not work is no missing factor: the gate stays shut, and a temporary pass is the way.

use regain_app::outcome::Failure;
use regain_app::visit::{Session, Visit};
use regain_core::limits::STEP_UP_LIFE;
use regain_core::method::Method;
use regain_core::method::held::{self, Strength};
use regain_core::secret::Secret;
use regain_core::time::Timestamp;
use regain_store::{Result, Tx};

use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::person::{Factor, Person};

/// What a session asks a person for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Nothing: there is nothing of the kind.
    Nothing,
    /// One of these, strongest first.
    Show(Vec<Factor>),
    /// Something that does not work at the moment.
    Unavailable,
}

impl Demand {
    /// What can be shown.
    pub fn factors(self) -> Vec<Factor> {
        match self {
            Self::Show(factors) => factors,
            Self::Nothing | Self::Unavailable => Vec::new(),
        }
    }
}

/// How much a method tells about this person.
pub fn strength(person: &Person, method: Method) -> Option<Strength> {
    method.strength(person.effective.second_factors)
}

/// The strength of the best that the person registered, whether it works or not.
pub fn strongest(person: &Person) -> Option<Strength> {
    held::strongest(&person.held())
}

/// What the person is asked for to reach their own security info: the best of what they registered. Security questions
/// never count (R53). What an administrator entered does not count either: it may be out of date, and then it would keep
/// its owner from correcting it.
pub fn demand(person: &Person) -> Demand {
    told(person, held::demand(&person.held()))
}

/// What the person is asked for where a strong factor alone counts. Whether the policies offer it for reset does not
/// matter: it still tells who it is.
pub fn strong_demand(person: &Person) -> Demand {
    told(person, held::demand_of(&person.held(), Strength::Strong))
}

fn told(person: &Person, demand: held::Demand) -> Demand {
    match demand {
        held::Demand::Nothing => Demand::Nothing,
        held::Demand::Show(places) => Demand::Show(person.at(&places)),
        held::Demand::Unavailable => Demand::Unavailable,
    }
}

/// When a factor was shown in the session that counts for this person as they are now.
pub fn proved_at(person: &Person, session: &Session) -> Option<Timestamp> {
    let shown = session.proved_by.and_then(|method| strength(person, method));
    let counts = strongest(person).is_none_or(|has| has == Strength::Mailbox || shown >= Some(has));
    session.proved_at.filter(|_| counts)
}

/// Whether something was shown so lately that dangerous acts need not ask again.
pub fn is_fresh(proved_at: Option<Timestamp>, now: Timestamp) -> bool {
    proved_at.is_some_and(|at| now.since(at) <= STEP_UP_LIFE)
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
