//! Who may enter the admin portal: every use case behind `/admin` passes here first.

use regain_app::outcome::Failure;
use regain_app::visit::{Session, Visit};
use regain_core::role::Right;

use crate::engine::Engine;

impl Engine {
    /// The signed-in administrator, if this request may use `right` in the portal: it comes from an admin network, the
    /// password is the person's own, a role gives the right, and a second factor was shown in this session (not asked
    /// in demo mode, where the portal says so in a banner).
    pub fn admin_gate<'v>(&self, visit: &'v Visit, right: Right) -> Result<&'v Session, Failure> {
        let session = self.portal_gate(visit)?;
        if visit.may(right) { Ok(session) } else { Err(Failure::Forbidden) }
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
        if session.owes_second_factor || session.proved_at.is_none() && !self.demo {
            return Err(Failure::StepUp);
        }
        Ok(session)
    }

    fn is_admin_network(&self, visit: &Visit) -> bool {
        let networks = &self.config.admin_networks;
        networks.is_empty() || networks.iter().any(|network| network.contains(&visit.address))
    }
}
