//! A code: sent by mail or text, or shown by an app.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::reset::{Shown, VerifyView};
use regain_app::services::toll::Solved;
use regain_app::visit::Visit;
use regain_core::code::{CodeLength, OneTimeCode, RecoveryCode};
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::{Kind, Method};
use regain_core::secret::Secret;
use regain_store::{Challenge, Tx};

use super::method::masked;
use super::standing::{Place, Standing};
use crate::engine::Engine;
use crate::person::Factor;
use crate::services::failure;
use crate::verification::Target;

const FIELD: &str = "code";

impl Engine {
    pub(super) async fn reset_verify_page(&self, visit: &Visit) -> Result<Shown<VerifyView>, Failure> {
        let (mut tx, standing) = match self.at_page(visit, Place::Verify).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(Shown::Elsewhere(elsewhere)),
        };
        let view = self.verify_view(&mut *tx, visit, &standing).await?;
        let frame = self.frame(&mut *tx, visit, &standing).await.map_err(failure)?;
        Ok(Shown::Page(frame, view))
    }

    async fn verify_view(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: &Standing,
    ) -> Result<VerifyView, Failure> {
        let method = standing.method().unwrap_or(Method::AppCode);
        let digits = match method {
            Method::Email => CodeLength::Eight,
            Method::MobilePhone
            | Method::OfficePhone
            | Method::AppCode
            | Method::AppNotification
            | Method::Passkey
            | Method::RecoveryCode
            | Method::SecurityQuestions => CodeLength::Six,
        };
        let resend = if is_sent(method) {
            let next = self.next_send_at(tx, &standing.asker(visit), method).await.map_err(failure)?;
            let wait = next.map_or(0, |at| at.since(self.now()).as_secs() + 1);
            Some(u32::try_from(wait).unwrap_or(u32::MAX))
        } else {
            None
        };
        let sent_to = standing.pending().and_then(|challenge| {
            let factor = Factor::new(method, challenge.method_id, challenge.destination.clone());
            masked(standing, &factor)
        });
        // A challenge that only keeps the place of a code has no keyed hash.
        let left = standing.pending().is_some_and(|challenge| challenge.mac.is_some());
        let is_sent = left || !is_sent(method);
        let push = match standing.pending().filter(|_| method == Method::AppNotification) {
            Some(challenge) => self.push_view(tx, challenge).await.map_err(failure)?,
            None => None,
        };
        let (delivery, digits) = (standing.delivery(), digits.digits());
        let number = self.typed_number(standing).filter(|_| method.kind() == Kind::Phone);
        Ok(VerifyView { method, delivery, digits, masked: sent_to, number, is_sent, resend, push })
    }

    pub(super) async fn reset_verify(&self, visit: &Visit, code: Secret, solved: Solved) -> Answer {
        let (tx, standing) = match self.at_step(visit, Place::Verify).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        if standing.method() == Some(Method::AppNotification) {
            // The answer comes from the phone, and from nowhere else (T42).
            return Ok(Outcome::go(Place::Verify.path()));
        }
        if standing.method() == Some(Method::RecoveryCode) {
            return self.reset_recovery_code(tx, visit, standing, &code, &solved).await;
        }
        let code = match OneTimeCode::parse(code.expose()) {
            Ok(code) => code,
            Err(problem) => {
                let form = FormState::default().with_problem(FieldProblem::new(FIELD, problem.code()));
                return Ok(Outcome::refused(Place::Verify.path(), form));
            }
        };
        // Counting is a transaction of its own.
        if let Err(unpaid) = self.pay(tx, visit, &solved, Place::Verify, FormState::default()).await? {
            return Ok(unpaid);
        }
        let Some(challenge) = standing.pending().cloned() else {
            return Ok(Outcome::go(standing.place().path()));
        };
        let asker = standing.asker(visit);
        let checked = match standing.method() {
            Some(Method::AppCode) => self.check_app_code(&asker, &challenge, &code).await,
            Some(
                Method::Email
                | Method::MobilePhone
                | Method::OfficePhone
                | Method::AppNotification
                | Method::Passkey
                | Method::RecoveryCode
                | Method::SecurityQuestions,
            )
            | None => self.check_code(&asker, &challenge, &code).await,
        };
        self.conclude(visit, standing, checked.map_err(failure)?, Place::Verify, FIELD).await
    }

    async fn reset_recovery_code(
        &self,
        tx: Box<dyn Tx>,
        visit: &Visit,
        standing: Standing,
        typed: &Secret,
        solved: &Solved,
    ) -> Answer {
        let Some(code) = RecoveryCode::parse(typed.expose()) else {
            let problem =
                if typed.expose().trim().is_empty() { "code-empty" } else { "recovery-code-malformed" };
            let form = FormState::default().with_problem(FieldProblem::new(FIELD, problem));
            return Ok(Outcome::refused(Place::Verify.path(), form));
        };
        if let Err(unpaid) = self.pay(tx, visit, solved, Place::Verify, FormState::default()).await? {
            return Ok(unpaid);
        }
        let Some(challenge) = standing.pending().cloned() else {
            return Ok(Outcome::go(standing.place().path()));
        };
        let checked = self.check_recovery_code(&standing.asker(visit), &challenge, &code).await?;
        self.conclude(visit, standing, checked, Place::Verify, FIELD).await
    }

    /// To where the last code went: the row decides.
    pub(super) async fn reset_resend(&self, visit: &Visit) -> Answer {
        let (tx, standing) = match self.at_step(visit, Place::Verify).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        if standing.method() == Some(Method::AppNotification) {
            return self.ask_phones(tx, visit, &standing, Place::Verify).await;
        }
        let method = standing.method().filter(|method| is_sent(*method));
        let (Some(method), Some(Challenge { user_id, method_id, destination, .. })) =
            (method, standing.pending().cloned())
        else {
            return Ok(Outcome::go(standing.place().path()));
        };
        let delivery = standing.delivery();
        let target = Target { method, method_id, destination, delivery, extension: None };
        self.send(tx, visit, &standing, user_id, &target).await
    }
}

fn is_sent(method: Method) -> bool {
    matches!(method, Method::Email | Method::MobilePhone | Method::OfficePhone)
}
