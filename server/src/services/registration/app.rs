//! An authenticator app: its key as a picture, and its first code.

use regain_app::outcome::{Answer, Cookie, Failure, Outcome, with_next};
use regain_app::services::registration::{AppSetUp, Show, Shown, Step, Trail, Way};
use regain_app::visit::Visit;
use regain_core::code::OneTimeCode;
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::Method;
use regain_core::secret::{Secret, SecretBytes};
use regain_store::Enrolment;

use super::begin::due_step;
use super::{elsewhere, otpauth, problem};
use crate::engine::Engine;
use crate::security_info::{Addition, Inventory, Me, Refused};
use crate::services::failure;
use crate::verification::seed_base32;

impl Engine {
    pub(super) async fn show_app(&self, visit: &Visit, trail: &Trail) -> Shown<AppSetUp> {
        let organization = self.organization().await.name;
        let (me, inventory) = self.to_see(visit).await?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let enrolment = self.live_enrolment(&mut *tx, &me).await.map_err(failure)?;
        drop(tx);
        let due = due_step(enrolment.as_ref());
        let Some(enrolment) = enrolment.filter(is_app) else {
            return elsewhere(trail, due);
        };
        let seed = self.enrolled_seed(&enrolment)?;
        let key = seed_base32(&seed);
        let link = otpauth::link(&organization, &inventory.person.user.upn, &key);
        let svg = otpauth::picture(&link).ok_or(Failure::Internal)?;
        Ok(Show::Page(AppSetUp { link, svg, key }))
    }

    /// A wrong code here gives nothing away, because who types it has the key; so it is not counted.
    pub(super) async fn add_app(&self, visit: &Visit, trail: &Trail, typed: &Secret) -> Answer {
        let me = self.me_registering(visit)?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let enrolment = tx.enrolment(me.session_id).await.map_err(failure)?;
        drop(tx);
        let Some(enrolment) = enrolment.filter(is_app) else {
            return Ok(Outcome::go(trail.to(Step::Start)));
        };
        if self.has_run_out(&enrolment) {
            return self.sign_in_again(&me, trail).await;
        }
        let refused =
            |code: &str| Ok(problem(trail, Step::App, FormState::default(), FieldProblem::new("code", code)));
        let code = match OneTimeCode::parse(typed.expose()) {
            Ok(code) => code,
            Err(problem) => return refused(problem.code()),
        };
        let seed = self.enrolled_seed(&enrolment)?;
        let Some(step) = self.app_code_step(&seed, &code) else { return refused("app-code-wrong") };
        let id = self.new_id();
        let addition = Addition {
            sealed: Some(self.seal_seed(id, me.user_id, &seed)),
            last_step: Some(step),
            ..Addition::new(id, Method::AppCode)
        };
        self.add_enrolled(visit, trail, &me, &enrolment, addition).await
    }

    /// Adds what was proved, once.
    pub(super) async fn add_enrolled(
        &self,
        visit: &Visit,
        trail: &Trail,
        me: &Me<'_>,
        enrolment: &Enrolment,
        addition: Addition,
    ) -> Answer {
        let mut tx = self.store.write().await.map_err(failure)?;
        self.lock_own(&mut *tx, me).await?;
        if !tx.end_enrolment(enrolment.id).await.map_err(failure)? {
            return Ok(Outcome::go(trail.to(Step::Start)));
        }
        let had = self.inventory_of(&mut *tx, me).await?;
        let method = addition.method;
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

    fn enrolled_seed(&self, enrolment: &Enrolment) -> Result<SecretBytes, Failure> {
        let sealed = enrolment.sealed.as_deref();
        let seed = sealed.and_then(|sealed| self.open_seed(enrolment.id, enrolment.user_id, sealed));
        seed.ok_or(Failure::Internal)
    }

    /// A registration that took longer than a quarter of an hour begins with signing in (R84).
    pub(super) async fn sign_in_again(&self, me: &Me<'_>, trail: &Trail) -> Answer {
        let mut tx = self.store.write().await.map_err(failure)?;
        self.lock_user(&mut *tx, me.user_id).await.map_err(failure)?;
        tx.end_session(me.session_id).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        let to = with_next("/signin", &trail.to(Step::Start));
        Ok(Outcome::go(to).with_cookie(Cookie::EndSession))
    }
}

fn is_app(enrolment: &Enrolment) -> bool {
    enrolment.method == Method::AppCode.as_str()
}

/// The page that says what was added.
pub(super) fn on_from_added(trail: &Trail, method: Method, token: Option<Secret>) -> Outcome {
    let name = match trail.way {
        Way::Register => "method",
        Way::Add => "added",
    };
    let outcome = Outcome::go(trail.to_with(Step::Added, &[(name, method.as_str())]));
    match token {
        Some(token) => outcome.with_cookie(Cookie::Session(token)),
        None => outcome,
    }
}

/// The policy or another tab was faster.
pub(super) fn refused_after_all(trail: &Trail, method: Method, refused: Refused, had: &Inventory) -> Outcome {
    let why = match refused {
        Refused::NotAllowed | Refused::NotShown => FieldProblem::new("method", "method-missing"),
        Refused::Held => FieldProblem::new("method", "method-held"),
        Refused::Full => full("method", method, had.full(method).unwrap_or_default()),
    };
    problem(trail, Step::Method, FormState::default(), why)
}

/// The person has as many as there may be (R87).
pub(super) fn full(field: &str, method: Method, most: usize) -> FieldProblem {
    FieldProblem::new(field, "method-full").with("most", &most).with("kind", &method.kind())
}
