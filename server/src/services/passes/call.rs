//! A code or a request to one of the person's own methods.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::visit::Visit;
use regain_core::authenticator::{Asked, RequestState};
use regain_core::code::OneTimeCode;
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::{Delivery, Method};
use regain_core::role::Right;
use regain_core::secret::Secret;
use regain_core::temporary_pass::CallerWay;
use regain_core::time::Timestamp;
use regain_store::Tx;

use super::Caller;
use super::caller::is_for;
use crate::engine::Engine;
use crate::person::Factor;
use crate::services::{factor_choice, failure};
use crate::verification::{Asking, Checked, Holder, Purpose, Sending, Target};

/// What is posted for the authenticator, whichever of them answers.
const PUSH: &str = "push";

impl Caller<'_> {
    pub(super) async fn ask(&self, chosen: &str) -> Answer {
        let form = FormState::default().with_value("factor", chosen);
        let factors = self.factors();
        let is_chosen = |factor: &&Factor| {
            factor_choice(factor).id == chosen || chosen == PUSH && factor.method == Method::AppNotification
        };
        let Some(factor) = factors.iter().find(is_chosen) else {
            return Ok(self.refused(form, FieldProblem::new("factor", "caller-factor")));
        };
        let mut tx = self.write_locked().await?;
        let refused = if factor.method == Method::AppNotification {
            self.ask_phones(&mut *tx).await?
        } else {
            self.send(&mut *tx, factor).await?
        };
        // Also a refusal counts.
        tx.commit().await.map_err(failure)?;
        Ok(match refused {
            None => Outcome::go(self.page()),
            Some(problem) => self.refused(form, problem),
        })
    }

    async fn write_locked(&self) -> Result<Box<dyn Tx>, Failure> {
        let mut tx = self.engine.store.write().await.map_err(failure)?;
        self.engine.lock_account(&mut *tx, &self.account).await.map_err(failure)?;
        Ok(tx)
    }

    async fn ask_phones(&self, tx: &mut dyn Tx) -> Result<Option<FieldProblem>, Failure> {
        let asking = self.engine.ask(tx, &self.asker(), Asked::HelpDesk).await.map_err(failure)?;
        Ok(match asking {
            Asking::Asked(_) => None,
            Asking::TooSoon(again) => Some(self.too_soon("push-too-soon", again)),
            Asking::TooMany(again) => Some(self.too_many("push-too-many", again)),
            Asking::Locked(_) => Some(FieldProblem::new("", "verify-code-locked")),
        })
    }

    async fn send(&self, tx: &mut dyn Tx, factor: &Factor) -> Result<Option<FieldProblem>, Failure> {
        let target = self.target(factor);
        let template = target.template("caller-code", "caller-code-text", "caller-code-voice");
        let params = [("name", self.person.user.display_name.clone())];
        let sending = self.engine.send_code(tx, &self.asker(), &target, template, &params).await;
        Ok(match sending.map_err(failure)? {
            Sending::Sent(_) => None,
            Sending::TooSoon(again) => Some(self.too_soon("verify-code-too-soon", again)),
            Sending::TooMany(again) => Some(self.too_many("verify-code-too-many", again)),
            Sending::Locked(_) => Some(FieldProblem::new("", "verify-code-locked")),
        })
    }

    /// By text where texts leave, else by call.
    fn target(&self, factor: &Factor) -> Target {
        let delivery = match factor.method {
            Method::OfficePhone => Delivery::Call,
            _ => self.person.mobile.first().copied().unwrap_or(Delivery::Text),
        };
        Target {
            method: factor.method,
            method_id: factor.method_id,
            destination: factor.destination.clone(),
            delivery,
            extension: None,
        }
    }

    pub(super) async fn check_code(&self, typed: &Secret) -> Answer {
        let refused = |code: &str| Ok(self.refused(FormState::default(), FieldProblem::new("code", code)));
        let code = match OneTimeCode::parse(typed.expose()) {
            Ok(code) => code,
            Err(problem) => return refused(&format!("verify-{}", problem.code())),
        };
        let mut tx = self.engine.store.read().await.map_err(failure)?;
        let challenge = self.challenge(&mut *tx).await?;
        drop(tx);
        let factors = self.factors();
        let found = challenge.and_then(|challenge| {
            let factor = factors.iter().find(|factor| is_for(&challenge, factor))?;
            (factor.method != Method::AppNotification).then_some((challenge, factor.method))
        });
        let Some((challenge, method)) = found else { return refused("verify-code-dead") };
        let checked = self.engine.check_code(&self.asker(), &challenge, &code).await.map_err(failure)?;
        let problem = match checked {
            Checked::Right(tx, _) => return self.know(tx, CallerWay::Code, Some(method)).await,
            Checked::Wrong => "verify-code-wrong",
            Checked::Dead => "verify-code-dead",
            Checked::Locked(_) => "verify-code-locked",
        };
        self.write_failure(CallerWay::Code, Some(method), "Wrong code").await?;
        refused(problem)
    }

    fn too_soon(&self, code: &str, again: Timestamp) -> FieldProblem {
        FieldProblem::new("", code).with("seconds", &self.seconds_to(again))
    }

    pub(super) fn too_many(&self, code: &str, again: Timestamp) -> FieldProblem {
        FieldProblem::new("", code).with("minutes", &self.seconds_to(again).div_ceil(60))
    }

    fn seconds_to(&self, at: Timestamp) -> u32 {
        u32::try_from(at.since(self.engine.now()).as_secs() + 1).unwrap_or(u32::MAX)
    }
}

impl Engine {
    /// Whether the page of this session still waits for an authenticator; `None` without the right to it.
    pub(crate) async fn caller_waits(&self, visit: &Visit) -> Result<Option<bool>, Failure> {
        let Ok(session) = self.admin_gate(visit, Right::ResetUsers) else { return Ok(None) };
        let Ok(id) = session.id.parse() else { return Ok(None) };
        let mut tx = self.store.read().await.map_err(failure)?;
        let newest = self.challenge(&mut *tx, Holder::Session(id), Purpose::VerifyCaller).await;
        let Some(challenge) = newest.map_err(failure)?.filter(|one| one.consumed_at.is_none()) else {
            return Ok(Some(false));
        };
        let view = self.push_view(&mut *tx, &challenge).await.map_err(failure)?;
        Ok(Some(view.is_some_and(|view| view.state == RequestState::Open)))
    }
}
