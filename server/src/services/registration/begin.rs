//! The choice of a method, and the first page of each.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::registration::{EmailEntry, PhoneEntry, Show, Shown, Step, Trail, Way};
use regain_app::visit::Visit;
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::Method;
use regain_store::Enrolment;

use super::{closed, elsewhere, problem};
use crate::engine::Engine;
use crate::security_info::{Inventory, Me, readable};
use crate::services::failure;

/// The page on which a method begins.
pub(super) fn first_step(method: Method) -> Step {
    match method {
        Method::Passkey => Step::Passkey,
        Method::RecoveryCode => Step::RecoveryCodes,
        Method::AppNotification => Step::Notifications,
        Method::AppCode => Step::App,
        Method::Email => Step::Email,
        Method::MobilePhone | Method::OfficePhone => Step::Phone,
        Method::SecurityQuestions => Step::Questions,
    }
}

/// The page that is due for what is under way: Back and a second tab end there, too.
pub(super) fn due_step(enrolment: Option<&Enrolment>) -> Step {
    let Some(enrolment) = enrolment else { return Step::Method };
    match (enrolment.method.parse().map(first_step), &enrolment.destination) {
        (Ok(Step::Email | Step::Phone), Some(_)) => Step::Code,
        (Ok(step), _) => step,
        (Err(_), _) => Step::Method,
    }
}

impl Engine {
    pub(super) async fn begin(&self, visit: &Visit, trail: &Trail, chosen: &str) -> Answer {
        let (me, inventory) = self.to_change(visit).await?;
        if let Some(step) = closed(&inventory, trail) {
            return Ok(Outcome::go(trail.to(step)));
        }
        if self.is_over(&me) {
            return self.sign_in_again(&me, trail).await;
        }
        let form = FormState::default().with_value("method", chosen);
        let method: Option<Method> = chosen.parse().ok();
        let may = method.map_or(Err(None), |method| inventory.may_add(trail.way, method).map(|()| method));
        let method = match may {
            Ok(method) => method,
            Err(full) => {
                let refused = match method.zip(full) {
                    Some((method, most)) => super::app::full("method", method, most),
                    None => FieldProblem::new("method", "method-missing"),
                };
                return Ok(problem(trail, Step::Method, form, refused));
            }
        };
        self.begin_method(&me, method).await?;
        let step = first_step(method);
        Ok(Outcome::go(match method {
            Method::OfficePhone => trail.to_with(step, &[("kind", method.as_str())]),
            _ => trail.to(step),
        }))
    }

    /// Begins, or goes on with an app whose key is shown already: nobody has to scan twice.
    async fn begin_method(&self, me: &Me<'_>, method: Method) -> Result<(), Failure> {
        let mut tx = self.store.write().await.map_err(failure)?;
        self.lock_own(&mut *tx, me).await?;
        let live = self.live_enrolment(&mut *tx, me).await.map_err(failure)?;
        if method == Method::AppCode && live.as_ref().is_some_and(|live| live.method == method.as_str()) {
            return Ok(());
        }
        if method == Method::AppNotification
            && live.is_some_and(|live| live.method == method.as_str())
            && self.pairing_goes_on(&mut *tx, me).await.map_err(failure)?
        {
            return Ok(());
        }
        let mut enrolment = self.enrolment(me, method);
        match method {
            Method::AppCode => {
                enrolment.sealed = Some(self.seal_seed(enrolment.id, me.user_id, &self.new_seed()));
            }
            Method::Passkey => enrolment.body = self.passkey_ceremony(&mut *tx, me).await?,
            Method::RecoveryCode => enrolment.sealed = Some(self.seal_new_codes(enrolment.id, me.user_id)),
            _ => {}
        }
        tx.begin_enrolment(&enrolment).await.map_err(failure)?;
        if method == Method::AppNotification {
            self.begin_pairing(&mut *tx, me.session_id, me.user_id).await.map_err(failure)?;
        }
        tx.commit().await.map_err(failure)
    }

    pub(super) async fn show_email(&self, visit: &Visit, trail: &Trail) -> Shown<EmailEntry> {
        let organization = self.organization().await.name;
        let (me, inventory) = self.to_see(visit).await?;
        me.may_change(&inventory, self)?;
        if let Some(step) = closed(&inventory, trail) {
            return elsewhere(trail, step);
        }
        if !is_open(&inventory, trail, Method::Email) {
            return elsewhere(trail, Step::Method);
        }
        let address = own(&inventory, Method::Email).unwrap_or_default();
        Ok(Show::Page(EmailEntry { address, organization }))
    }

    pub(super) async fn show_phone(
        &self,
        visit: &Visit,
        trail: &Trail,
        replaces: &str,
        kind: &str,
    ) -> Shown<PhoneEntry> {
        let (me, inventory) = self.to_see(visit).await?;
        me.may_change(&inventory, self)?;
        if let Some(step) = closed(&inventory, trail) {
            return elsewhere(trail, step);
        }
        let method = phone_kind(kind);
        let changed = inventory.row(replaces).filter(|row| row.method == method.as_str());
        if !inventory.allowed().contains(method) || (changed.is_none() && inventory.full(method).is_some()) {
            return elsewhere(trail, Step::Method);
        }
        let number = match changed {
            Some(row) => row.destination.as_deref().map(|text| readable(method, text)),
            None if inventory.count(method) == 0 => own(&inventory, method),
            None => None,
        };
        let extension = match changed {
            Some(row) => {
                let mut tx = self.store.read().await.map_err(failure)?;
                tx.extension(row.id).await.map_err(failure)?
            }
            None => None,
        };
        let replaces = changed.map(|row| row.id.to_string()).unwrap_or_default();
        Ok(Show::Page(PhoneEntry {
            method,
            number: number.unwrap_or_default(),
            extension: extension.unwrap_or_default(),
            replaces,
            deliveries: inventory.person.deliveries_to_register(method),
        }))
    }
}

/// The kind of phone that a page or form is about.
pub(super) fn phone_kind(name: &str) -> Method {
    if name == Method::OfficePhone.as_str() { Method::OfficePhone } else { Method::MobilePhone }
}

/// What the person has already, registered or entered by an administrator: to begin with (R82).
fn own(inventory: &Inventory, method: Method) -> Option<String> {
    inventory.known().into_iter().find(|known| known.method == method)?.destination
}

/// Whether `method` may be begun or changed on this way. A change needs no free place.
pub(super) fn is_open(inventory: &Inventory, trail: &Trail, method: Method) -> bool {
    closed(inventory, trail).is_none()
        && inventory.allowed().contains(method)
        && inventory.may_come_now(method)
        && (trail.way == Way::Add || !inventory.missing().is_dead_end())
}
