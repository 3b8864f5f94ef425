//! The code that was sent, typed in.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::registration::{CodeEntry, Show, Shown, Step, Trail};
use regain_app::visit::Visit;
use regain_core::code::OneTimeCode;
use regain_core::form::{FieldProblem, FormState};
use regain_core::limits;
use regain_core::method::{Delivery, Method};
use regain_core::secret::Secret;
use regain_store::{Challenge, Enrolment, Tx};

use super::app::{on_from_added, refused_after_all};
use super::begin::due_step;
use super::send::asker;
use super::{elsewhere, problem};
use crate::account_key::account_key;
use crate::engine::Engine;
use crate::security_info::{Addition, Body, Me, Refused, readable};
use crate::services::failure;
use crate::verification::{Checked, Holder, Purpose, spent_code, with_left};

impl Engine {
    pub(super) async fn show_code(&self, visit: &Visit, trail: &Trail) -> Shown<CodeEntry> {
        let (me, inventory) = self.to_see(visit).await?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let enrolment = self.live_enrolment(&mut *tx, &me).await.map_err(failure)?;
        let step = due_step(enrolment.as_ref());
        let method: Option<Method> = enrolment.as_ref().and_then(|row| row.method.parse().ok());
        let body = enrolment.as_ref().map(Body::of).unwrap_or_default();
        let (Some(method), Some(destination)) = (method, enrolment.and_then(|row| row.destination)) else {
            return elsewhere(trail, step);
        };
        let account = account_key(&self.keys, &inventory.person.user.upn_key);
        let asker = asker(&me, &account, visit);
        let again = self.next_send_at(&mut *tx, &asker, method).await.map_err(failure)?;
        let wait = again.map_or(0, |again| again.since(self.now()).as_secs() + 1);
        Ok(Show::Page(CodeEntry {
            method,
            delivery: body.delivery.unwrap_or(Delivery::Text),
            destination: readable(method, &destination),
            minutes: limits::CODE_LIFE.as_secs() / 60,
            wait: u32::try_from(wait).unwrap_or(u32::MAX),
        }))
    }

    pub(super) async fn add_by_code(&self, visit: &Visit, trail: &Trail, typed: &Secret) -> Answer {
        let me = self.me_registering(visit)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let inventory = self.inventory_of(&mut *tx, &me).await?;
        let enrolment = tx.enrolment(me.session_id).await.map_err(failure)?;
        let holder = Holder::Session(me.session_id);
        let challenge = self.challenge(&mut *tx, holder, Purpose::Register).await.map_err(failure)?;
        drop(tx);
        let Some(enrolment) = enrolment else { return Ok(Outcome::go(trail.to(Step::Start))) };
        if self.has_run_out(&enrolment) {
            return self.sign_in_again(&me, trail).await;
        }
        if due_step(Some(&enrolment)) != Step::Code {
            return Ok(Outcome::go(trail.to(due_step(Some(&enrolment)))));
        }
        let refuse = |found| Ok(problem(trail, Step::Code, FormState::default(), found));
        let refused = |code: &str| refuse(FieldProblem::new("code", code));
        let code = match OneTimeCode::parse(typed.expose()) {
            Ok(code) => code,
            Err(problem) => return refused(problem.code()),
        };
        let Some(challenge) = challenge.filter(|challenge| is_for(challenge, &enrolment)) else {
            return refused("verify-code-dead");
        };
        let account = account_key(&self.keys, &inventory.person.user.upn_key);
        match self.check_code(&asker(&me, &account, visit), &challenge, &code).await.map_err(failure)? {
            Checked::Right(tx, challenge) => {
                self.add_destination(tx, visit, trail, &me, &enrolment, &challenge).await
            }
            Checked::Wrong(left) => refuse(with_left("code", "code-wrong", left)),
            Checked::Dead(left) => refuse(with_left("code", "code-dead", left)),
            Checked::Spent(spent) => refused(spent_code(None, spent)),
            Checked::Locked(_) => refused("code-locked"),
        }
    }

    /// Adds where the code really went, in the transaction that consumed it and holds the account's lock.
    async fn add_destination(
        &self,
        mut tx: Box<dyn Tx>,
        visit: &Visit,
        trail: &Trail,
        me: &Me<'_>,
        enrolment: &Enrolment,
        challenge: &Challenge,
    ) -> Answer {
        let method: Option<Method> = challenge.method.parse().ok();
        // Another tab began something else since: its code is still to come, this one proves nothing (T73).
        let (Some(method), true) = (method, tx.end_enrolment(enrolment.id).await.map_err(failure)?) else {
            return Ok(Outcome::go(trail.to(Step::Start)));
        };
        let had = self.inventory_of(&mut *tx, me).await?;
        let body = Body::of(enrolment);
        let addition = Addition {
            destination: challenge.destination.clone(),
            extension: body.extension,
            replaces: body.replaces,
            ..Addition::new(self.new_id(), method)
        };
        let added = self.add_proven(&mut *tx, visit, me, &had, addition).await.map_err(failure)?;
        let outcome = match added {
            Err(Refused::NotShown) => return Err(Failure::StepUp),
            Ok(token) => on_from_added(trail, method, token),
            Err(refused) => refused_after_all(trail, method, refused, &had),
        };
        self.remember(&mut *tx, visit, &outcome).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(outcome)
    }
}

/// A code proves the destination of its own row and no other.
fn is_for(challenge: &Challenge, enrolment: &Enrolment) -> bool {
    challenge.method == enrolment.method && challenge.destination == enrolment.destination
}
