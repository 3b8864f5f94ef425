//! *Looks good*, and *Not now*.

use regain_app::outcome::{Answer, Outcome};
use regain_app::services::registration::{Step, Trail, Way};
use regain_app::visit::Visit;
use regain_core::next_path::NextPath;

use super::closed;
use crate::audit::{self, Build as _, activity};
use crate::engine::Engine;
use crate::landing;
use crate::services::failure;

impl Engine {
    /// Registered, or looked at again: either starts the days until the next time anew (R79, R92).
    pub(super) async fn looks_good(&self, visit: &Visit, trail: &Trail) -> Answer {
        let (me, _) = self.to_see(visit).await?;
        let mut tx = self.store.write().await.map_err(failure)?;
        self.lock_own(&mut *tx, &me).await?;
        let inventory = self.inventory_of(&mut *tx, &me).await?;
        if closed(&inventory, trail).is_some() || inventory.progress().missing() > 0 {
            return Ok(Outcome::go(trail.to(Step::Start)));
        }
        let mut user = inventory.person.user;
        let first = user.registered_at.is_none();
        user.registered_at.get_or_insert(self.now());
        user.confirmed_at = Some(self.now());
        tx.update_user(&user).await.map_err(failure)?;
        let activity = if first { activity::REGISTERED_ALL } else { activity::REVIEWED };
        let record = audit::success(audit::service::METHODS, activity).seen(self, visit).to(&user);
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        self.after(visit, trail)
    }

    /// Goes on without it; the next sign-in asks again (R73, R74).
    pub(super) async fn not_now(&self, visit: &Visit, trail: &Trail) -> Answer {
        let me = self.me_registering(visit)?;
        let mut tx = self.store.write().await.map_err(failure)?;
        let inventory = self.inventory_of(&mut *tx, &me).await?;
        let user = &inventory.person.user;
        let asked = inventory.person.effective.may_register() && !inventory.missing().is_dead_end();
        if asked && (inventory.progress().missing() > 0 || user.registered_at.is_none()) {
            let service = audit::service::METHODS;
            let record = audit::failure(service, activity::REGISTERED_ALL, "Put off by the user")
                .seen(self, visit)
                .to(user);
            tx.append(&record).await.map_err(failure)?;
            tx.commit().await.map_err(failure)?;
        }
        self.after(visit, trail)
    }

    /// On to where the person was going.
    fn after(&self, visit: &Visit, trail: &Trail) -> Answer {
        let session = self.session_gate(visit)?;
        let next = NextPath::parse(&trail.next);
        Ok(Outcome::go(match trail.way {
            Way::Add => "/security-info".to_owned(),
            Way::Register => landing::after_registration(session, next.as_ref()),
        }))
    }
}
