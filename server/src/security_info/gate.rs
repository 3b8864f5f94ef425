//! Who may see methods, and who may change them. Which factors count is said in [`crate::step_up`].

use regain_app::outcome::Failure;
use regain_app::visit::{Session, Visit};
use regain_core::limits::REGISTRATION_LIFE;
use regain_core::time::Timestamp;
use regain_store::Tx;
use uuid::Uuid;

use super::Inventory;
use crate::engine::Engine;
use crate::services::failure;
use crate::step_up;

/// The signed-in person, by the ids of the rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Me<'v> {
    /// The session.
    pub session_id: Uuid,
    /// The person.
    pub user_id: Uuid,
    session: &'v Session,
}

impl Engine {
    /// Who asks. A password that somebody else set opens nothing (T107).
    pub(crate) fn me<'v>(&self, visit: &'v Visit) -> Result<Me<'v>, Failure> {
        Me::of(self.session_gate(visit)?)
    }

    /// The same in the registration wizard, which is where the second factor that sign-in demands is registered.
    pub(crate) fn me_registering<'v>(&self, visit: &'v Visit) -> Result<Me<'v>, Failure> {
        Me::of(self.half_open_gate(visit)?)
    }

    /// Takes the lock of the person's account. Whose session ended meanwhile goes no further.
    pub(crate) async fn lock_own(&self, tx: &mut dyn Tx, me: &Me<'_>) -> Result<(), Failure> {
        self.lock_user(tx, me.user_id).await.map_err(failure)?;
        let sessions = tx.sessions_of(me.user_id).await.map_err(failure)?;
        let lasts = sessions.iter().any(|session| session.id == me.session_id);
        if lasts { Ok(()) } else { Err(Failure::SignedOut) }
    }
}

impl<'v> Me<'v> {
    fn of(session: &'v Session) -> Result<Self, Failure> {
        Ok(Self { session_id: id(&session.id)?, user_id: id(&session.user_id)?, session })
    }

    /// When the session began: what was registered since then belongs to one registration.
    pub fn signed_in_at(&self) -> Timestamp {
        self.session.signed_in_at
    }

    /// Who has a second factor shows it before anything is shown (R85, R91), also where it does not
    /// work at the moment: the way then leads to a page that says so. Whom a temporary pass let in lost it: the
    /// pass stands for it, as long as its short session lasts.
    pub fn may_see(&self, inventory: &Inventory) -> Result<(), Failure> {
        let shown = self.session.by_pass || step_up::proved_at(&inventory.person, self.session).is_some();
        if inventory.is_asked() && !shown { Err(Failure::StepUp) } else { Ok(()) }
    }

    /// Before a method is added, replaced or removed: the second factor, and nothing holds after a reset.
    pub fn may_change(&self, inventory: &Inventory, engine: &Engine) -> Result<(), Failure> {
        self.may_edit(inventory, engine)?;
        self.not_held()
    }

    /// For a time after a reset methods stay as they are.
    pub fn not_held(&self) -> Result<(), Failure> {
        if self.session.held_until.is_some() { Err(Failure::Held) } else { Ok(()) }
    }

    /// Who has a second factor has shown it a moment ago before anything is changed (T106).
    pub fn may_edit(&self, inventory: &Inventory, engine: &Engine) -> Result<(), Failure> {
        let fresh = step_up::is_fresh(step_up::proved_at(&inventory.person, self.session), engine.now());
        if inventory.is_asked() && !fresh && !self.session.by_pass { Err(Failure::StepUp) } else { Ok(()) }
    }

    /// When the registration session ends, however many methods are begun in it: a quarter of an hour after the person
    /// last signed in or showed a second factor (R84).
    pub fn registers_until(&self) -> Timestamp {
        self.session.signed_in_at.max(self.session.proved_at.unwrap_or_default()).plus(REGISTRATION_LIFE)
    }
}

fn id(text: &str) -> Result<Uuid, Failure> {
    text.parse().map_err(|_| Failure::Internal)
}
