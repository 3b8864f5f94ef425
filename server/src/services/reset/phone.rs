//! The number, typed in full. Before the first step is passed, a number that is not the person's gets the same page as
//! one that is, or the page would say whose number it is; afterwards a mismatch is an error (R136), and counts.

use data_encoding::BASE64URL_NOPAD;
use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::reset::PhoneView;
use regain_app::services::toll::Solved;
use regain_app::visit::Visit;
use regain_core::contact::{Country, PhoneNumber};
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::Method;
use regain_store::Tx;

use super::method::masked;
use super::record::step;
use super::standing::{Place, Standing};
use crate::engine::Engine;
use crate::person::Factor;
use crate::services::failure;
use crate::verification::{Checked, Target, with_left};

/// What a typed number is sealed for.
const SEALED: &str = "typed number";

pub(super) fn view(standing: &Standing) -> PhoneView {
    let phones = phones(standing);
    let masked = match phones.as_slice() {
        [only] => masked(standing, only),
        _ => None,
    };
    PhoneView {
        method: standing.method().unwrap_or(Method::MobilePhone),
        delivery: standing.delivery(),
        masked,
    }
}

fn phones(standing: &Standing) -> Vec<Factor> {
    let mut factors = standing.remaining();
    factors.retain(|factor| Some(factor.method) == standing.method());
    factors
}

impl Engine {
    pub(super) async fn reset_phone(
        &self,
        visit: &Visit,
        country: &str,
        number: &str,
        solved: &Solved,
    ) -> Answer {
        let tx = match self.at_step(visit, Place::Phone).await? {
            Ok((tx, _)) => tx,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let form = FormState::default().with_value("country", country).with_value("phone", number);
        let typed = number;
        let number = match PhoneNumber::parse(typed, Country::by_iso2(country)) {
            Ok(number) => number,
            Err(problem) => {
                let form = form.with_problem(FieldProblem::new("phone", problem.code()));
                return Ok(Outcome::refused(Place::Phone.path(), form));
            }
        };
        if let Err(unpaid) = self.pay(tx, visit, solved, Place::Phone, form.clone()).await? {
            return Ok(unpaid);
        }
        let (mut tx, mut standing) = match self.at_step(visit, Place::Phone).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let line = number.line();
        self.take_number(&mut *tx, visit, &mut standing, &line).await?;
        standing.body.typed_number = Some(self.seal_number(&standing, &number.repeated(typed)));
        let phones = phones(&standing);
        match phones.into_iter().find(|factor| factor.line.as_deref() == Some(&line)) {
            Some(Factor { method, method_id, destination, .. }) => {
                let delivery = standing.delivery();
                let target = Target { method, method_id, destination, delivery, extension: None };
                self.send(tx, visit, &standing, standing.flow.user_id, &target).await
            }
            None if standing.has_passed() => self.refuse_number(tx, visit, &standing, form).await,
            None => {
                let method = standing.method().unwrap_or(Method::MobilePhone);
                let delivery = standing.delivery();
                let target = Target { method, method_id: None, destination: None, delivery, extension: None };
                self.send(tx, visit, &standing, None, &target).await
            }
        }
    }

    /// Another number than the last one of this flow is sent to at once, as far as the limits go, and what was sent to
    /// the last one works no more: somebody mistyped it. A wrong number waits and counts like a right one.
    async fn take_number(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: &mut Standing,
        line: &str,
    ) -> Result<(), Failure> {
        let number = self.keys.subject("destination", line);
        let last = standing.body.number.replace(number.clone());
        if last.is_some_and(|last| last != number) {
            let method = standing.method().unwrap_or(Method::MobilePhone);
            self.end_gap(tx, &standing.asker(visit), method).await.map_err(failure)?;
            standing.challenge = None;
        }
        Ok(())
    }

    fn seal_number(&self, standing: &Standing, number: &str) -> String {
        BASE64URL_NOPAD.encode(&self.seal(SEALED, standing.flow.id.as_bytes(), number.as_bytes()))
    }

    /// The number that was typed last, to be repeated.
    pub(super) fn typed_number(&self, standing: &Standing) -> Option<String> {
        let sealed = BASE64URL_NOPAD.decode(standing.body.typed_number.as_deref()?.as_bytes()).ok()?;
        let number = self.keys.open(SEALED, standing.flow.id.as_bytes(), &sealed)?;
        String::from_utf8(number).ok()
    }

    async fn refuse_number(
        &self,
        mut tx: Box<dyn Tx>,
        visit: &Visit,
        standing: &Standing,
        form: FormState,
    ) -> Answer {
        self.record_failure(&mut *tx, visit, standing, step::WRONG_NUMBER).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        let method = standing.method().unwrap_or(Method::MobilePhone);
        let counted = self.count_failure(&standing.asker(visit), method).await.map_err(failure)?;
        let Checked::Wrong(left) = counted else { return Ok(Outcome::go(Place::Stopped.path())) };
        let form = form.with_problem(with_left("phone", "phone-mismatch", left));
        Ok(Outcome::refused(Place::Phone.path(), form))
    }
}
