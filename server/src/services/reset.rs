//! Implements [`Reset`]. A flow has no stored step: [`standing`] derives it from rows, for each page and each POST.

mod captcha;
mod complete;
pub(crate) mod decoy;
mod drill;
mod ended;
pub(crate) mod finish;
mod gate;
mod intent;
mod method;
mod notices;
mod passkey;
mod password;
mod phone;
mod push;
mod questions;
pub(crate) mod record;
pub(crate) mod standing;
mod start;
mod toll;
mod unlock;
mod verify;

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::reset::{
    DoneView, FinishView, MethodView, PasswordView, PhoneView, QuestionsView, Reset, Shown, StartForm,
    StartView, StoppedView, VerifyView, WhyView,
};
use regain_app::services::toll::Solved;
use regain_app::visit::Visit;
use regain_core::flow::Intent;
use regain_core::secret::Secret;
use regain_store::Tx;

use self::standing::{Place, Standing};
use crate::engine::Engine;
use crate::refusals::Kind;
use crate::services::failure;

/// What a step found: the flow at a place that this step belongs to, or where to go instead.
type Found<T> = Result<Result<T, Outcome>, Failure>;

impl Engine {
    /// A page's flow, if `here` belongs to where it stands; else the address of what is next.
    async fn at_page(
        &self,
        visit: &Visit,
        here: Place,
    ) -> Result<Result<(Box<dyn Tx>, Standing), &'static str>, Failure> {
        let mut tx = self.store.read().await.map_err(failure)?;
        let Some(standing) = self.standing(&mut *tx, visit).await.map_err(failure)? else {
            return Ok(Err(Place::Stopped.path()));
        };
        if standing.allows(here) { Ok(Ok((tx, standing))) } else { Ok(Err(standing.place().path())) }
    }

    /// A page that shows nothing but what the standing knows.
    async fn page<T>(
        &self,
        visit: &Visit,
        here: Place,
        view: fn(&Standing) -> T,
    ) -> Result<Shown<T>, Failure> {
        Ok(match self.at_page(visit, here).await? {
            Ok((mut tx, standing)) => {
                Shown::Page(self.frame(&mut *tx, visit, &standing).await.map_err(failure)?, view(&standing))
            }
            Err(elsewhere) => Shown::Elsewhere(elsewhere),
        })
    }

    /// A POST's flow in a transaction that may write and holds its account's lock, if the step is one that is open now:
    /// of two at once, the second sees what the first one did. Otherwise nothing is
    /// changed and the person is led to where the flow stands.
    async fn at_step(&self, visit: &Visit, here: Place) -> Found<(Box<dyn Tx>, Standing)> {
        let mut tx = self.store.write().await.map_err(failure)?;
        let Some(standing) = self.locked_standing(&mut *tx, visit).await.map_err(failure)? else {
            return Ok(Err(Outcome::go(Place::Stopped.path())));
        };
        if standing.allows(here) {
            if self.counts_too_many_steps(&mut *tx, standing.flow.id).await.map_err(failure)? {
                return self.end_asked(tx, visit, &standing).await.map(Err);
            }
            return Ok(Ok((tx, standing)));
        }
        let place = standing.place();
        let record = self.violation(visit, &standing, here);
        if standing.flow.closed_at.is_none() && self.is_first_refusal(visit, Kind::OutOfTurn, &record) {
            tx.append(&record).await.map_err(failure)?;
            tx.commit().await.map_err(failure)?;
        }
        Ok(Err(Outcome::go(place.path())))
    }
}

#[async_trait]
impl Reset for Engine {
    async fn start_page(&self, visit: &Visit) -> StartView {
        self.reset_start_page(visit).await
    }

    async fn another_picture(&self, _: &Visit, username: String) -> Answer {
        Ok(self.reset_another_picture(username).await)
    }

    async fn start(&self, visit: &Visit, form: StartForm) -> Answer {
        self.reset_start(visit, form).await
    }

    async fn why_page(&self, visit: &Visit) -> Result<Shown<WhyView>, Failure> {
        self.page(visit, Place::Why, intent::view).await
    }

    async fn choose_intent(&self, visit: &Visit, intent: &str) -> Answer {
        self.reset_intent(visit, intent).await
    }

    async fn method_page(&self, visit: &Visit) -> Result<Shown<MethodView>, Failure> {
        self.page(visit, Place::Method, method::view).await
    }

    async fn choose_method(&self, visit: &Visit, method: &str) -> Answer {
        self.reset_method(visit, method).await
    }

    async fn phone_page(&self, visit: &Visit) -> Result<Shown<PhoneView>, Failure> {
        self.page(visit, Place::Phone, phone::view).await
    }

    async fn give_number(&self, visit: &Visit, country: &str, number: &str, solved: Solved) -> Answer {
        self.reset_phone(visit, country, number, &solved).await
    }

    async fn verify_page(&self, visit: &Visit) -> Result<Shown<VerifyView>, Failure> {
        self.reset_verify_page(visit).await
    }

    async fn verify(&self, visit: &Visit, code: Secret, solved: Solved) -> Answer {
        self.reset_verify(visit, code, solved).await
    }

    async fn resend(&self, visit: &Visit) -> Answer {
        self.reset_resend(visit).await
    }

    async fn questions_page(&self, visit: &Visit) -> Result<Shown<QuestionsView>, Failure> {
        self.page(visit, Place::Questions, questions::view).await
    }

    async fn answer(&self, visit: &Visit, answers: Vec<Secret>, solved: Solved) -> Answer {
        self.reset_answer(visit, answers, &solved).await
    }

    async fn passkey_page(&self, visit: &Visit) -> Result<Shown<String>, Failure> {
        self.reset_passkey_page(visit).await
    }

    async fn prove_by_passkey(&self, visit: &Visit, answer: &str, solved: Solved) -> Answer {
        self.reset_passkey(visit, answer, &solved).await
    }

    async fn password_page(&self, visit: &Visit) -> Result<Shown<PasswordView>, Failure> {
        self.reset_password_page(visit).await
    }

    async fn set_password(&self, visit: &Visit, password: Secret, confirmation: Secret) -> Answer {
        self.reset_password(visit, password, confirmation).await
    }

    async fn continue_page(&self, visit: &Visit) -> Result<Shown<()>, Failure> {
        self.page(visit, Place::OnPhone, |_| ()).await
    }

    async fn finish_page(&self, visit: &Visit) -> Result<FinishView, Failure> {
        Engine::finish_page(self, visit).await
    }

    async fn open_finish(&self, _: &Visit, link: Secret) -> Answer {
        self.finish_open(&link).await
    }

    async fn finish(&self, visit: &Visit, password: Secret, confirmation: Secret) -> Answer {
        self.finish_on_phone(visit, password, confirmation).await
    }

    async fn unlock_page(&self, visit: &Visit) -> Result<Shown<()>, Failure> {
        self.page(visit, Place::Unlock, |_| ()).await
    }

    async fn unlock(&self, visit: &Visit) -> Answer {
        self.reset_unlock(visit).await
    }

    async fn drill_page(&self, visit: &Visit) -> Result<Shown<()>, Failure> {
        self.page(visit, Place::Drill, |_| ()).await
    }

    async fn finish_drill(&self, visit: &Visit) -> Answer {
        self.reset_drill(visit).await
    }

    async fn cancel(&self, visit: &Visit) -> Answer {
        self.reset_cancel(visit).await
    }

    async fn done_page(&self, visit: &Visit, intent: Intent) -> Result<Shown<DoneView>, Failure> {
        let here = match intent {
            Intent::Reset => Place::Done,
            Intent::Unlock => Place::Unlocked,
            Intent::Drill => Place::Drilled,
        };
        self.page(visit, here, ended::done).await
    }

    async fn stopped_page(&self, visit: &Visit) -> Result<Result<StoppedView, &'static str>, Failure> {
        self.reset_stopped(visit).await
    }
}
