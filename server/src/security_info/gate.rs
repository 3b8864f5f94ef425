//! Who may see methods, and who may change them. The rule is that of [`crate::step_up`]; it stands here once more for
//! use cases that have the person's methods in hand.

use regain_app::outcome::Failure;
use regain_app::visit::{Session, Visit};
use regain_core::limits;
use regain_core::time::Timestamp;
use uuid::Uuid;

use super::Inventory;
use crate::engine::Engine;

/// The signed-in person, by the ids of the rows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Me {
    /// The session.
    pub session_id: Uuid,
    /// The person.
    pub user_id: Uuid,
    proved_at: Option<Timestamp>,
}

impl Engine {
    /// Who asks. A password that somebody else set opens nothing (T107).
    pub(crate) fn me(&self, visit: &Visit) -> Result<Me, Failure> {
        Me::of(self.session_gate(visit)?)
    }

    /// The same in the registration wizard, which is where the second factor that sign-in demands is registered.
    pub(crate) fn me_registering(&self, visit: &Visit) -> Result<Me, Failure> {
        Me::of(self.half_open_gate(visit)?)
    }
}

impl Me {
    fn of(session: &Session) -> Result<Self, Failure> {
        Ok(Self {
            session_id: id(&session.id)?,
            user_id: id(&session.user_id)?,
            proved_at: session.proved_at,
        })
    }

    /// Who has a second factor shows it before anything is shown (R85, R91).
    pub fn may_see(&self, inventory: &Inventory) -> Result<(), Failure> {
        if inventory.has_second_factor() && self.proved_at.is_none() { Err(Failure::StepUp) } else { Ok(()) }
    }

    /// Who has a second factor has shown it a moment ago before anything is changed (T106).
    pub fn may_change(&self, inventory: &Inventory, engine: &Engine) -> Result<(), Failure> {
        let fresh = self.proved_at.is_some_and(|at| engine.now().since(at) <= limits::STEP_UP_LIFE);
        if inventory.has_second_factor() && !fresh { Err(Failure::StepUp) } else { Ok(()) }
    }
}

fn id(text: &str) -> Result<Uuid, Failure> {
    text.parse().map_err(|_| Failure::Internal)
}
