//! A request to the person's authenticators. The page shows the number and waits; the row says what became of it.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::services::authenticator::{ON_PHONE, OVER, PushView, WAITING};
use regain_app::visit::Visit;
use regain_core::authenticator::{Asked, RequestState};
use regain_core::flow::Intent;
use regain_core::form::{FieldProblem, FormState};
use regain_core::method::Method;
use regain_core::time::Timestamp;
use regain_store::{Challenge, Result, Tx};

use super::record::name;
use super::standing::{Place, Standing};
use crate::engine::Engine;
use crate::services::failure;
use crate::verification::Asking;

impl Engine {
    /// Asks, for every name alike, and leads to the page with the number; `here` is the page that asks.
    pub(super) async fn ask_phones(
        &self,
        mut tx: Box<dyn Tx>,
        visit: &Visit,
        standing: &Standing,
        here: Place,
    ) -> Answer {
        let asked = match standing.intent() {
            Intent::Reset => Asked::Reset,
            Intent::Unlock => Asked::Unlock,
            Intent::Drill => Asked::Drill,
        };
        let (code, again) = match self.ask(&mut *tx, &standing.asker(visit), asked).await.map_err(failure)? {
            Asking::Asked(_) => {
                tx.update_flow(&standing.row()).await.map_err(failure)?;
                let reason =
                    format!("User started the {} verification option", name(Method::AppNotification));
                self.record_step(&mut *tx, visit, standing, &reason).await.map_err(failure)?;
                let next = Outcome::go(Place::Verify.path());
                self.remember(&mut *tx, visit, &next).await.map_err(failure)?;
                tx.commit().await.map_err(failure)?;
                return Ok(next);
            }
            Asking::Over | Asking::Locked(_) => return self.end_asked(tx, visit, standing).await,
            Asking::TooSoon(again) => ("push-too-soon", again),
            Asking::TooMany(again) => ("push-too-many", again),
        };
        // Also a refusal counts.
        tx.commit().await.map_err(failure)?;
        let field = if here == Place::Method { "method" } else { "" };
        let problem = FieldProblem::new(field, code)
            .with("seconds", &self.seconds_until(again))
            .with("minutes", &self.seconds_until(again).div_ceil(60));
        let form = FormState::default().with_value("method", Method::AppNotification.as_str());
        Ok(Outcome::refused(here.path(), form.with_problem(problem)))
    }

    /// What a waiting page shows of the request behind a challenge.
    pub(crate) async fn push_view(&self, tx: &mut dyn Tx, challenge: &Challenge) -> Result<Option<PushView>> {
        let Some(request) = tx.challenge_request(challenge.id).await? else { return Ok(None) };
        let stored = request.state.parse().unwrap_or(RequestState::Expired);
        let dead = challenge.superseded_at.is_some() || request.expires_at <= self.now();
        let state = if stored == RequestState::Open && dead { RequestState::Expired } else { stored };
        // A phone that is being set up is there already; nothing wakes it.
        let notified = request.device_id.is_none() && self.wakes_phones(tx).await?;
        let organization = if request.asked == Asked::HelpDesk.as_str() {
            None
        } else {
            Some(crate::organization::load(tx).await?.name)
        };
        Ok(self.request_number(&request).map(|number| PushView { number, state, notified, organization }))
    }

    /// Whether the page of this browser's flow still waits; `None` without a flow (T57). It is told and proves nothing.
    pub(crate) async fn reset_waits(
        &self,
        visit: &Visit,
    ) -> std::result::Result<Option<&'static str>, Failure> {
        let mut tx = self.store.read().await.map_err(failure)?;
        let Some(standing) = self.standing(&mut *tx, visit).await.map_err(failure)? else { return Ok(None) };
        if standing.place() == Place::OnPhone {
            return Ok(Some(ON_PHONE));
        }
        if standing.place() != Place::Verify || standing.method() != Some(Method::AppNotification) {
            return Ok(Some(OVER));
        }
        let Some(challenge) = standing.pending() else { return Ok(Some(OVER)) };
        let view = self.push_view(&mut *tx, challenge).await.map_err(failure)?;
        let waits = view.is_some_and(|view| view.state == RequestState::Open);
        Ok(Some(if waits { WAITING } else { OVER }))
    }

    fn seconds_until(&self, at: Timestamp) -> u64 {
        at.since(self.now()).as_secs() + 1
    }
}
