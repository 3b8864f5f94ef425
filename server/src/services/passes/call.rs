//! A code or a request for the call, to a method of the person or to what was entered for them.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::visit::Visit;
use regain_core::authenticator::{Asked, RequestState};
use regain_core::code::OneTimeCode;
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::Method;
use regain_core::role::Right;
use regain_core::secret::Secret;
use regain_core::time::Timestamp;
use regain_store::{Challenge, HelpCall, Tx};

use super::Caller;
use super::caller::is_for;
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::help_call::{left_to_ask, origin, proof};
use crate::person::Factor;
use crate::services::failure;
use crate::verification::{Asking, Checked, Holder, Purpose, Sending, Target, spent_code, with_left};

impl Caller<'_> {
    pub(super) async fn ask(&self, chosen: &str) -> Answer {
        let form = FormState::default().with_value("factor", chosen);
        let mut tx = self.write_locked().await?;
        let proved = self.standing(&mut *tx).await?.map(|standing| standing.proved).unwrap_or_default();
        let left = left_to_ask(&self.person, &proved);
        let Some(factor) = left.iter().find(|factor| self.question(factor).id == chosen) else {
            return Ok(self.refused(form, FieldProblem::new("factor", "caller-factor")));
        };
        let call = self.begin_call(&mut *tx).await?;
        let refused = if factor.method == Method::AppNotification {
            self.ask_phones(&mut *tx, &call).await?
        } else {
            self.send(&mut *tx, &call, factor).await?
        };
        // Also a refusal counts.
        tx.commit().await.map_err(failure)?;
        Ok(match refused {
            None => Outcome::go(self.page()),
            Some(problem) => self.refused(form, problem),
        })
    }

    async fn ask_phones(&self, tx: &mut dyn Tx, call: &HelpCall) -> Result<Option<FieldProblem>, Failure> {
        let asking = self.engine.ask(tx, &self.asker(call), Asked::HelpDesk).await.map_err(failure)?;
        Ok(match asking {
            Asking::Asked(_) => None,
            Asking::TooSoon(again) => Some(self.too_soon("push-too-soon", again)),
            Asking::TooMany(again) => Some(self.too_many("push-too-many", again)),
            Asking::Over | Asking::Locked(_) => Some(FieldProblem::new("", "verify-code-locked")),
        })
    }

    async fn send(
        &self,
        tx: &mut dyn Tx,
        call: &HelpCall,
        factor: &Factor,
    ) -> Result<Option<FieldProblem>, Failure> {
        let target = Target {
            method: factor.method,
            method_id: factor.method_id,
            destination: factor.destination.clone(),
            delivery: self.delivery(factor.method),
            extension: None,
        };
        let template = target.template("caller-code", "caller-code-text", "caller-code-voice");
        let params = [("name", self.person.user.display_name.clone())];
        let sending = self.engine.send_code(tx, &self.asker(call), &target, template, &params).await;
        Ok(match sending.map_err(failure)? {
            Sending::Sent(_) => None,
            Sending::TooSoon(again) => Some(self.too_soon("verify-code-too-soon", again)),
            Sending::TooMany(again) => Some(self.too_many("verify-code-too-many", again)),
            Sending::Over | Sending::Locked(_) => Some(FieldProblem::new("", "verify-code-locked")),
        })
    }

    pub(super) async fn check_code(&self, typed: &Secret) -> Answer {
        let refused = |code: &str| Ok(self.refused(FormState::default(), FieldProblem::new("code", code)));
        let code = match OneTimeCode::parse(typed.expose()) {
            Ok(code) => code,
            Err(problem) => return refused(&format!("verify-{}", problem.code())),
        };
        let Some((call, challenge)) = self.asked().await? else { return refused("verify-code-dead") };
        let checked = self.engine.check_code(&self.asker(&call), &challenge, &code).await.map_err(failure)?;
        let problem = match checked {
            Checked::Right(tx, consumed) => return self.know(tx, &call, &consumed).await,
            Checked::Wrong(left) => with_left("code", "verify-code-wrong", left),
            Checked::Dead(_) => FieldProblem::new("code", "verify-code-dead"),
            Checked::Spent(spent) => FieldProblem::new("code", spent_code(None, spent)),
            Checked::Locked(_) => FieldProblem::new("code", "verify-code-locked"),
        };
        self.write_failure(&challenge).await?;
        Ok(self.refused(FormState::default(), problem))
    }

    /// The code that this call waits for, if it went to something that the person still has.
    async fn asked(&self) -> Result<Option<(HelpCall, Challenge)>, Failure> {
        let mut tx = self.engine.store.read().await.map_err(failure)?;
        let Some(standing) = self.standing(&mut *tx).await? else { return Ok(None) };
        let challenge = tx.help_call_challenge(standing.call.id).await.map_err(failure)?;
        let left = left_to_ask(&self.person, &standing.proved);
        let codes = left.iter().filter(|factor| factor.method != Method::AppNotification);
        let challenge = challenge.filter(|one| codes.clone().any(|factor| is_for(one, factor)));
        Ok(challenge.map(|challenge| (standing.call, challenge)))
    }

    async fn know(&self, mut tx: Box<dyn Tx>, call: &HelpCall, consumed: &Challenge) -> Answer {
        let proof = proof(call.id, consumed, self.engine.now());
        if !tx.add_help_call_proof(&proof).await.map_err(failure)? {
            // It was ended while the code was compared.
            return Ok(self.refused(FormState::default(), FieldProblem::new("code", "verify-code-dead")));
        }
        let record = self.record("code").detail("method", consumed.method.clone());
        tx.append(&record.detail("origin", origin_of(consumed))).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(Outcome::go(self.page()))
    }

    async fn write_failure(&self, challenge: &Challenge) -> Result<(), Failure> {
        let record = audit::failure(service::METHODS, activity::VERIFY_CALLER, "Wrong code");
        let record = record.seen(self.engine, self.visit).to(&self.person.user);
        let record = record.detail("way", "code").detail("method", challenge.method.clone());
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)
    }

    fn too_soon(&self, code: &str, again: Timestamp) -> FieldProblem {
        FieldProblem::new("", code).with("seconds", &self.seconds_to(again))
    }

    fn too_many(&self, code: &str, again: Timestamp) -> FieldProblem {
        FieldProblem::new("", code).with("minutes", &self.seconds_to(again).div_ceil(60))
    }

    fn seconds_to(&self, at: Timestamp) -> u32 {
        u32::try_from(at.since(self.engine.now()).as_secs() + 1).unwrap_or(u32::MAX)
    }
}

fn origin_of(challenge: &Challenge) -> &'static str {
    let method = challenge.method.parse().unwrap_or(Method::Email);
    let factor = Factor::new(method, challenge.method_id, None);
    origin(&factor).as_str()
}

impl Engine {
    /// Whether the administrator's page about this person still waits for an authenticator; `None` without the right
    /// to it.
    pub(crate) async fn caller_waits(&self, visit: &Visit, id: &str) -> Result<Option<bool>, Failure> {
        let Ok(session) = self.admin_gate(visit, Right::ResetUsers) else { return Ok(None) };
        let (Ok(admin), Ok(user)) = (session.user_id.parse(), id.parse()) else { return Ok(None) };
        let mut tx = self.store.read().await.map_err(failure)?;
        let call = tx.open_help_call(admin, user, self.now()).await.map_err(failure)?;
        let Some(call) = call else { return Ok(Some(false)) };
        let newest = self.challenge(&mut *tx, Holder::HelpCall(call.id), Purpose::VerifyCaller).await;
        let Some(challenge) = newest.map_err(failure)?.filter(|one| one.consumed_at.is_none()) else {
            return Ok(Some(false));
        };
        let view = self.push_view(&mut *tx, &challenge).await.map_err(failure)?;
        Ok(Some(view.is_some_and(|view| view.state == RequestState::Open)))
    }
}
