//! Implements [`Reset`]. A flow has no stored step: [`standing`] derives it from rows, for each page and each POST.

mod captcha;
mod complete;
pub(crate) mod decoy;
mod ended;
mod gate;
mod intent;
mod method;
mod notices;
mod password;
mod phone;
mod questions;
pub(crate) mod record;
pub(crate) mod standing;
mod start;
mod unlock;
mod verify;

use async_trait::async_trait;
use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::reset::{
    DoneView, MethodView, PasswordView, PhoneView, QuestionsView, Reset, Shown, StartForm, StartView, StoppedView,
    VerifyView, WhyView,
};
use regain_app::visit::Visit;
use regain_core::flow::Intent;
use regain_core::secret::Secret;
use regain_store::Tx;

use self::standing::{Place, Standing};
use crate::engine::Engine;
use crate::services::failure;

/// What a step found: the flow at a place that this step belongs to, or where to go instead.
type Found<T> = Result<Result<T, Outcome>, Failure>;

impl Engine {
    /// A page's flow, if `here` belongs to where it stands.
    async fn at_page<T>(
        &self,
        visit: &Visit,
        here: Place,
        view: impl AsyncFnOnce(&mut dyn Tx, &Standing) -> Result<T, Failure>,
    ) -> Result<Shown<T>, Failure> {
        let mut tx = self.store.read().await.map_err(failure)?;
        let Some(standing) = self.standing(&mut *tx, visit).await.map_err(failure)? else {
            return Ok(Shown::Elsewhere(Place::Stopped.path()));
        };
        if !standing.allows(here) {
            return Ok(Shown::Elsewhere(standing.place().path()));
        }
        let view = view(&mut *tx, &standing).await?;
        Ok(Shown::Page(standing.frame(), view))
    }

    /// A POST's flow in a transaction that may write, if the step is one that is open now. Otherwise nothing is
    /// changed and the person is led to where the flow stands.
    async fn at_step(&self, visit: &Visit, here: Place) -> Found<(Box<dyn Tx>, Standing)> {
        let mut tx = self.store.write().await.map_err(failure)?;
        let Some(standing) = self.standing(&mut *tx, visit).await.map_err(failure)? else {
            return Ok(Err(Outcome::go(Place::Stopped.path())));
        };
        if standing.allows(here) {
            return Ok(Ok((tx, standing)));
        }
        let place = standing.place();
        if standing.flow.closed_at.is_none() {
            self.record_violation(&mut *tx, visit, &standing, here).await.map_err(failure)?;
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

    async fn start(&self, visit: &Visit, form: StartForm) -> Answer {
        self.reset_start(visit, form).await
    }

    async fn why_page(&self, visit: &Visit) -> Result<Shown<WhyView>, Failure> {
        self.at_page(visit, Place::Why, async |_, standing| Ok(intent::view(standing))).await
    }

    async fn choose_intent(&self, visit: &Visit, intent: &str) -> Answer {
        self.reset_intent(visit, intent).await
    }

    async fn method_page(&self, visit: &Visit) -> Result<Shown<MethodView>, Failure> {
        self.at_page(visit, Place::Method, async |_, standing| Ok(method::view(standing))).await
    }

    async fn choose_method(&self, visit: &Visit, method: &str) -> Answer {
        self.reset_method(visit, method).await
    }

    async fn phone_page(&self, visit: &Visit) -> Result<Shown<PhoneView>, Failure> {
        self.at_page(visit, Place::Phone, async |_, standing| Ok(phone::view(standing))).await
    }

    async fn give_number(&self, visit: &Visit, country: &str, number: &str) -> Answer {
        self.reset_phone(visit, country, number).await
    }

    async fn verify_page(&self, visit: &Visit) -> Result<Shown<VerifyView>, Failure> {
        self.at_page(visit, Place::Verify, async |tx, standing| self.verify_view(tx, visit, standing).await).await
    }

    async fn verify(&self, visit: &Visit, code: Secret) -> Answer {
        self.reset_verify(visit, code).await
    }

    async fn resend(&self, visit: &Visit) -> Answer {
        self.reset_resend(visit).await
    }

    async fn questions_page(&self, visit: &Visit) -> Result<Shown<QuestionsView>, Failure> {
        self.at_page(visit, Place::Questions, async |_, standing| Ok(questions::view(standing))).await
    }

    async fn answer(&self, visit: &Visit, answers: Vec<Secret>) -> Answer {
        self.reset_answer(visit, answers).await
    }

    async fn password_page(&self, visit: &Visit) -> Result<Shown<PasswordView>, Failure> {
        self.at_page(visit, Place::Password, async |tx, standing| self.password_view(tx, standing).await).await
    }

    async fn set_password(&self, visit: &Visit, password: Secret, confirmation: Secret) -> Answer {
        self.reset_password(visit, password, confirmation).await
    }

    async fn unlock_page(&self, visit: &Visit) -> Result<Shown<()>, Failure> {
        self.at_page(visit, Place::Unlock, async |_, _| Ok(())).await
    }

    async fn unlock(&self, visit: &Visit) -> Answer {
        self.reset_unlock(visit).await
    }

    async fn cancel(&self, visit: &Visit) -> Answer {
        self.reset_cancel(visit).await
    }

    async fn done_page(&self, visit: &Visit, intent: Intent) -> Result<Shown<DoneView>, Failure> {
        let here = if intent == Intent::Reset { Place::Done } else { Place::Unlocked };
        self.at_page(visit, here, async |_, standing| Ok(ended::done(standing))).await
    }

    async fn stopped_page(&self, visit: &Visit) -> Result<Result<StoppedView, &'static str>, Failure> {
        self.reset_stopped(visit).await
    }
}
