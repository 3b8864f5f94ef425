//! Who may enter the admin portal: every use case behind `/admin` passes here first.

use regain_app::outcome::{Failure, Outcome, UNSAVED, with_next};
use regain_app::visit::{Session, Visit};
use regain_core::role::Right;
use regain_store::{AuditRecord, Result as StoreResult};
use uuid::Uuid;

use crate::audit::{self, Build as _, service};
use crate::engine::Engine;
use crate::landing::VERIFY;
use crate::people::NOT_ALLOWED;
use crate::refusals::Kind;
use crate::services::failure;
use crate::step_up;

/// What an administrator may do with a second factor that was shown longer ago than a moment. It opens nothing and makes
/// nothing weaker, or ends something. Whatever is not named here wants a fresh one, what nobody thought of included.
pub const NEEDS_NO_FRESH_FACTOR: [&str; 8] = [
    // Texts and looks take long to write.
    "/admin/branding",
    "/admin/branding/logo",
    "/admin/branding/remove-logo",
    "/admin/messages",
    "/admin/messages/restore",
    // A message to the administrator, or one that was to leave anyway.
    "/admin/channels/test",
    "/admin/channels/retry",
    // Takes something away that was given.
    "/admin/users/delete-pass",
];

impl Engine {
    /// The signed-in administrator, if this request may use `right` in the portal: it comes from an admin network, the
    /// password is the person's own, a role gives the right, and a strong factor was shown in this session, which a
    /// mailbox is not (not asked in demo mode, where the portal says so in a banner).
    pub fn admin_gate<'v>(&self, visit: &'v Visit, right: Right) -> Result<&'v Session, Failure> {
        let session = self.portal_gate(visit)?;
        if visit.may(right) { Ok(session) } else { Err(Failure::Forbidden) }
    }

    /// Like [`Engine::right_gate`], for an act: the factor must also have been shown a moment ago, unless the act's address
    /// is one of [`NEEDS_NO_FRESH_FACTOR`]. Otherwise comes the way to show it again, from which people get back to `page`;
    /// it says that nothing was changed.
    pub async fn act_gate(
        &self,
        visit: &Visit,
        right: Right,
        activity: &str,
        target: &str,
        page: &str,
    ) -> Result<Result<(), Outcome>, Failure> {
        self.right_gate(visit, right, activity, target).await?;
        if self.is_fresh_enough(visit) {
            return Ok(Ok(()));
        }
        Ok(Err(Outcome::go(with_next(VERIFY, &format!("{page}?{UNSAVED}")))))
    }

    /// Whether the second factor of this session was shown so lately that the act of this request may be done (within
    /// [`regain_core::limits::STEP_UP_LIFE`]). In demo mode none is asked.
    pub fn is_fresh_enough(&self, visit: &Visit) -> bool {
        let shown = visit.session.as_ref().and_then(|session| session.proved_at);
        self.demo
            || NEEDS_NO_FRESH_FACTOR.contains(&visit.path.as_str())
            || step_up::is_fresh(shown, self.now())
    }

    /// Like [`Engine::admin_gate`], for what concerns users, groups or roles: who has no right to it leaves a record (T105).
    pub async fn right_gate(
        &self,
        visit: &Visit,
        right: Right,
        activity: &str,
        target: &str,
    ) -> Result<(), Failure> {
        match self.admin_gate(visit, right) {
            Ok(_) => Ok(()),
            Err(Failure::Forbidden) => {
                self.note_denial(visit, activity, target).await.map_err(failure)?;
                Err(Failure::Forbidden)
            }
            Err(other) => Err(other),
        }
    }

    /// The same for a form within an act that needs none by itself. `Some` is the way to show it again.
    pub fn show_again_first(&self, visit: &Visit, page: &str) -> Option<Outcome> {
        let shown = visit.session.as_ref().and_then(|session| session.proved_at);
        let may = self.demo || step_up::is_fresh(shown, self.now());
        (!may).then(|| Outcome::go(with_next(VERIFY, &format!("{page}?{UNSAVED}"))))
    }

    async fn note_denial(&self, visit: &Visit, activity: &str, target: &str) -> StoreResult<()> {
        let mut tx = self.store.read().await?;
        let mut record = audit::failure(service::DIRECTORY, activity, NOT_ALLOWED).seen(self, visit);
        if let Ok(id) = target.parse::<Uuid>() {
            if let Some(user) = tx.user(id).await? {
                record = record.to(&user);
            } else if let Some(group) = tx.group(id).await? {
                record = record.on("group", target, &group.name);
            }
        }
        drop(tx);
        self.note_denied(visit, &record).await
    }

    /// Writes down what was denied: to an administrator in a row of its own, to anybody else with the others.
    pub(crate) async fn note_denied(&self, visit: &Visit, record: &AuditRecord) -> StoreResult<()> {
        let is_administrator = visit.session.as_ref().is_some_and(|session| !session.roles.is_empty());
        if !is_administrator {
            return self.note_refused(visit, Kind::NoAdministrator, record).await;
        }
        let mut tx = self.store.write().await?;
        tx.append(record).await?;
        tx.commit().await
    }

    /// Like [`Engine::admin_gate`], for what every role may see, such as the overview.
    pub fn portal_gate<'v>(&self, visit: &'v Visit) -> Result<&'v Session, Failure> {
        // Elsewhere there is no portal at all.
        if !self.is_admin_network(visit) {
            return Err(Failure::NotFound);
        }
        let session = visit.session.as_ref().ok_or(Failure::SignedOut)?;
        if session.by_pass {
            // The help desk lets people in to register, not to administer.
            return Err(Failure::Forbidden);
        }
        if session.must_change_password {
            return Err(Failure::ChangePassword);
        }
        if session.roles.is_empty() {
            return Err(Failure::Forbidden);
        }
        if session.owes_second_factor || !session.is_strongly_proved() && !self.demo {
            return Err(Failure::StepUp);
        }
        Ok(session)
    }

    fn is_admin_network(&self, visit: &Visit) -> bool {
        let networks = &self.config.admin_networks;
        networks.is_empty() || visit.address.is_in(networks)
    }
}
