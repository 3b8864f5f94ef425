//! Step-up by an authenticator: the page shows the number, the phone answers.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::sign_in::VerifyView;
use regain_app::visit::Visit;
use regain_core::authenticator::{Asked, RequestState};
use regain_core::form::FieldProblem;
use regain_core::method::Method;
use regain_core::time::Duration;
use regain_store::Tx;

use super::verify::StepUp;
use crate::engine::Engine;
use crate::services::failure;
use crate::verification::{Asking, Holder, Purpose};

/// How long the page tells what became of a request.
const SHOWN: Duration = Duration::from_mins(10);

impl StepUp<'_> {
    /// The page of the request under way, or of the one that came to nothing, unless another factor is chosen.
    pub(super) async fn push(
        &self,
        tx: &mut dyn Tx,
        chosen: &str,
        others: bool,
    ) -> Result<Option<VerifyView>, Failure> {
        let factor = match self.factor(chosen) {
            Some(factor) => Some(factor),
            None => self.factors.iter().find(|factor| factor.method == Method::AppNotification),
        };
        let Some(factor) = factor.filter(|factor| factor.method == Method::AppNotification) else {
            return Ok(None);
        };
        let holder = Holder::Session(self.session_id);
        let newest = self.engine.challenge(tx, holder, self.purpose).await.map_err(failure)?;
        let now = self.engine.now();
        let newest = newest.filter(|challenge| {
            challenge.method == Method::AppNotification.as_str()
                && challenge.consumed_at.is_none()
                && now.since(challenge.created_at) <= SHOWN
        });
        let Some(challenge) = newest else { return Ok(None) };
        let push = self.engine.push_view(tx, &challenge).await.map_err(failure)?;
        Ok(push.map(|push| VerifyView::Push { factor: super::verify::choice(factor), others, push }))
    }

    fn asked(&self) -> Asked {
        if self.purpose == Purpose::Agree { Asked::Agree } else { Asked::SignIn }
    }

    pub(super) async fn ask_phones(&self, chosen: &str) -> Answer {
        let mut tx = self.write_locked().await?;
        let asking = self.engine.ask(&mut *tx, &self.asker(), self.asked()).await.map_err(failure)?;
        // Also a refusal counts.
        tx.commit().await.map_err(failure)?;
        let problem = match asking {
            Asking::Asked(_) => return Ok(Outcome::go(self.page(chosen))),
            Asking::TooSoon(again) => {
                FieldProblem::new("", "push-too-soon").with("seconds", &self.seconds_to(again))
            }
            Asking::TooMany(again) => {
                FieldProblem::new("", "push-too-many").with("minutes", &self.seconds_to(again).div_ceil(60))
            }
            Asking::Over | Asking::Locked(_) => FieldProblem::new("", "verify-code-locked"),
        };
        Ok(self.refused(chosen, problem))
    }
}

impl Engine {
    /// Whether the step-up page of this session still waits; `None` without a session.
    pub(crate) async fn step_up_waits(&self, visit: &Visit) -> Result<Option<bool>, Failure> {
        let Ok(session) = self.half_open_gate(visit) else { return Ok(None) };
        let Ok(id) = session.id.parse() else { return Ok(None) };
        let mut tx = self.store.read().await.map_err(failure)?;
        // Whichever of the two the page shows: what was asked last.
        let mut newest = None;
        for purpose in [Purpose::StepUp, Purpose::Agree] {
            let asked = self.challenge(&mut *tx, Holder::Session(id), purpose).await.map_err(failure)?;
            newest = newest.into_iter().chain(asked).max_by_key(|challenge| challenge.created_at);
        }
        let Some(challenge) = newest.filter(|challenge| challenge.consumed_at.is_none()) else {
            return Ok(Some(false));
        };
        let view = self.push_view(&mut *tx, &challenge).await.map_err(failure)?;
        Ok(Some(view.is_some_and(|view| view.state == RequestState::Open)))
    }
}
