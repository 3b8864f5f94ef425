//! Who may enter the admin portal: every use case behind `/admin` passes here first.

use regain_app::outcome::Failure;
use regain_app::visit::{Session, Visit};
use regain_core::role::Right;
use uuid::Uuid;

use crate::audit::{self, Build as _, service};
use crate::engine::Engine;
use crate::services::failure;

impl Engine {
    /// The signed-in administrator, if this request may use `right` in the portal: it comes from an admin network, the
    /// password is the person's own, a role gives the right, and a strong factor was shown in this session, which a
    /// mailbox is not (not asked in demo mode, where the portal says so in a banner).
    pub fn admin_gate<'v>(&self, visit: &'v Visit, right: Right) -> Result<&'v Session, Failure> {
        let session = self.portal_gate(visit)?;
        if visit.may(right) { Ok(session) } else { Err(Failure::Forbidden) }
    }

    /// Like [`Engine::admin_gate`], for what changes `target`, a `user` or `group` by its id: who lacks the right is
    /// written down under `activity` (T105).
    pub async fn change_gate(
        &self,
        visit: &Visit,
        right: Right,
        activity: &str,
        target: (&str, &str),
    ) -> Result<(), Failure> {
        match self.admin_gate(visit, right) {
            Ok(_) => Ok(()),
            Err(Failure::Forbidden) => Err(self.forbid(visit, activity, target).await),
            Err(other) => Err(other),
        }
    }

    /// Writes down that somebody lacks a right; what the page learns comes back.
    pub async fn forbid(&self, visit: &Visit, activity: &str, (kind, id): (&str, &str)) -> Failure {
        // What is no id may be anything, of any length.
        let id = id.parse::<Uuid>().map(|id| id.to_string()).unwrap_or_default();
        let record = audit::failure(service::DIRECTORY, activity, "Insufficient privileges");
        let record = record.seen(self, visit).on(kind, &id, "");
        let noted = async {
            let mut tx = self.store.write().await?;
            tx.append(&record).await?;
            tx.commit().await
        };
        noted.await.map_or_else(failure, |()| Failure::Forbidden)
    }

    /// Like [`Engine::admin_gate`], for what every role may see, such as the overview.
    pub fn portal_gate<'v>(&self, visit: &'v Visit) -> Result<&'v Session, Failure> {
        // Elsewhere there is no portal at all.
        if !self.is_admin_network(visit) {
            return Err(Failure::NotFound);
        }
        let session = visit.session.as_ref().ok_or(Failure::SignedOut)?;
        if session.must_change_password {
            return Err(Failure::ChangePassword);
        }
        if session.roles.is_empty() {
            return Err(Failure::Forbidden);
        }
        if !session.is_strongly_proved() && !self.demo {
            return Err(Failure::StepUp);
        }
        Ok(session)
    }

    fn is_admin_network(&self, visit: &Visit) -> bool {
        let networks = &self.config.admin_networks;
        networks.is_empty() || networks.iter().any(|network| network.contains(&visit.address))
    }
}
