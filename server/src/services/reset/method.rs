//! The choice of a method. Choosing email or an app opens the challenge at once; a phone asks for its number first.

use regain_app::outcome::{Answer, Outcome};
use regain_app::services::reset::{MethodView, Way};
use regain_app::visit::Visit;
use regain_core::contact::{EmailAddress, PhoneNumber};
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::{Delivery, Kind, Method};

use super::record::name;
use super::standing::{Place, Standing};
use crate::engine::Engine;
use crate::person::Factor;
use crate::services::failure;
use crate::verification::Target;

pub(super) fn view(standing: &Standing) -> MethodView {
    MethodView {
        intent: standing.intent(),
        can_go_back: standing.can_change_intent(),
        ways: ways(standing),
        new_until: standing.new_until(),
    }
}

/// What is on offer. Notifications are listed as soon as the policy ticks them, also for who has no authenticator: then
/// the page says so when they are chosen, for people and decoys alike.
fn ways(standing: &Standing) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    if offers_notification(standing) {
        ways.push(Way {
            method: Method::AppNotification,
            delivery: Delivery::Text,
            delayed: false,
            masked: None,
        });
    }
    for factor in standing.remaining() {
        if ways.iter().any(|way| way.method == factor.method) {
            // Several of one method: which one is asked next.
            ways.iter_mut().filter(|way| way.method == factor.method).for_each(|way| way.masked = None);
            continue;
        }
        for delivery in deliveries(standing, factor.method) {
            let is_phone = factor.method.kind() == Kind::Phone;
            let delayed = is_phone && standing.person.delayed.contains(&delivery);
            let masked = masked(standing, &factor);
            ways.push(Way { method: factor.method, delivery, delayed, masked });
        }
    }
    ways
}

/// Text and call are two ways of one method.
fn deliveries(standing: &Standing, method: Method) -> Vec<Delivery> {
    match method {
        Method::MobilePhone => standing.person.mobile_for_reset(),
        Method::OfficePhone => vec![Delivery::Call],
        Method::Passkey
        | Method::AppNotification
        | Method::AppCode
        | Method::Email
        | Method::RecoveryCode
        | Method::SecurityQuestions => vec![Delivery::Text],
    }
}

fn offers_notification(standing: &Standing) -> bool {
    let allowed = standing.person.offered;
    let passed = standing.frame().passed.iter().any(|method| method.kind() == Kind::App);
    allowed.contains(Method::AppNotification) && !passed
}

/// Where a code goes; nothing of it before the first step is passed (ruling 3).
pub(super) fn masked(standing: &Standing, factor: &Factor) -> Option<String> {
    let destination = factor.destination.as_deref().filter(|_| standing.has_passed())?;
    match factor.method {
        Method::Email => EmailAddress::parse(destination).ok().map(|address| address.masked()),
        Method::MobilePhone | Method::OfficePhone => {
            PhoneNumber::parse(destination, None).ok().map(|number| number.masked())
        }
        // Nothing is sent anywhere.
        Method::Passkey
        | Method::AppNotification
        | Method::AppCode
        | Method::RecoveryCode
        | Method::SecurityQuestions => None,
    }
}

impl Engine {
    pub(super) async fn reset_method(&self, visit: &Visit, method: &str) -> Answer {
        let (mut tx, mut standing) = match self.at_step(visit, Place::Method).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let chosen = ways(&standing).into_iter().find(|way| way.value() == method);
        let factor = chosen
            .as_ref()
            .and_then(|way| standing.remaining().into_iter().find(|one| one.method == way.method));
        let Some(factor) = factor else {
            let code = if chosen.is_some() { "no-authenticator" } else { "method-missing" };
            let form = FormState::default()
                .with_value("method", method)
                .with_problem(FieldProblem::new("method", code));
            return Ok(Outcome::refused(Place::Method.path(), form));
        };
        standing.flow.method = Some(factor.method.as_str().to_owned());
        standing.body.delivery = chosen.map(|way| way.delivery);
        let target = Target {
            method: factor.method,
            method_id: factor.method_id,
            destination: factor.destination,
            delivery: standing.delivery(),
            extension: None,
        };
        match factor.method {
            Method::MobilePhone | Method::OfficePhone => {
                tx.update_flow(&standing.row()).await.map_err(failure)?;
                tx.commit().await.map_err(failure)?;
                Ok(Outcome::go(Place::Phone.path()))
            }
            Method::Email => self.send(tx, visit, &standing, standing.flow.user_id, &target).await,
            Method::SecurityQuestions => self.ask_questions(tx, visit, standing, &target).await,
            Method::AppNotification => self.ask_phones(tx, visit, &standing, Place::Method).await,
            Method::AppCode | Method::Passkey | Method::RecoveryCode => {
                // Any of the person's apps, passkeys or saved codes may answer.
                let any = Target { method_id: None, ..target };
                self.open_gate(tx, visit, &standing, &any).await
            }
        }
    }

    /// Opens a challenge without a message.
    pub(super) async fn open_gate(
        &self,
        mut tx: Box<dyn regain_store::Tx>,
        visit: &Visit,
        standing: &Standing,
        target: &Target,
    ) -> Answer {
        let asker = standing.asker(visit);
        // An open one goes on: leaving the page and coming back gives no new tries.
        if !standing.has_open(target.method) {
            self.open_challenge(&mut *tx, &asker, target).await.map_err(failure)?;
        }
        tx.update_flow(&standing.row()).await.map_err(failure)?;
        let reason = format!("User started the {} verification option", name(target.method));
        self.record_step(&mut *tx, visit, standing, &reason).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        let next = match target.method {
            Method::SecurityQuestions => Place::Questions,
            Method::Passkey => Place::Passkey,
            Method::AppNotification
            | Method::AppCode
            | Method::MobilePhone
            | Method::OfficePhone
            | Method::Email
            | Method::RecoveryCode => Place::Verify,
        };
        Ok(Outcome::go(next.path()))
    }
}
