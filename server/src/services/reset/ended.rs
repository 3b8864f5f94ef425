//! Pages of flows that are over.

use regain_app::outcome::{Answer, Cookie, Failure, Outcome};
use regain_app::pages::another::Another;
use regain_app::services::reset::{DoneView, Stopped, StoppedView};
use regain_app::visit::Visit;
use regain_core::flow::{Intent, Step};
use regain_core::limits::RECOVERY_LOCK;
use regain_core::time::Timestamp;

use super::finish;
use super::record::step;
use super::standing::{Place, Standing, outcome};
use crate::engine::Engine;
use crate::services::failure;

pub(super) fn done(standing: &Standing) -> DoneView {
    DoneView { notified: standing.body.notified.clone() }
}

impl Engine {
    pub(super) async fn reset_stopped(
        &self,
        visit: &Visit,
    ) -> Result<Result<StoppedView, &'static str>, Failure> {
        let mut tx = self.store.read().await.map_err(failure)?;
        let Some(standing) = self.standing(&mut *tx, visit).await.map_err(failure)? else {
            return Ok(Ok(StoppedView { support_code: None, why: Stopped::Nothing }));
        };
        let place = standing.place();
        if place != Place::Stopped {
            return Ok(Err(place.path()));
        }
        Ok(Ok(StoppedView { support_code: Some(standing.flow.support_code.clone()), why: why(&standing) }))
    }

    /// The reset that this browser has by now, for whoever sends a form of another.
    pub(crate) async fn reset_of(&self, visit: &Visit) -> Result<Another, Failure> {
        let mut tx = self.store.read().await.map_err(failure)?;
        // The page on a phone has a cookie of its own.
        let (standing, path) = if visit.path == finish::PAGE {
            (
                self.finishing(&mut *tx, visit).await.map_err(failure)?.map(|(_, standing)| standing),
                Some(finish::PAGE),
            )
        } else {
            (self.standing(&mut *tx, visit).await.map_err(failure)?, None)
        };
        let standing = standing.ok_or(Failure::NotFound)?;
        let path = path.unwrap_or_else(|| standing.place().path());
        Ok(Another::Reset { account: standing.flow.typed, support_code: standing.flow.support_code, path })
    }

    pub(super) async fn reset_cancel(&self, visit: &Visit) -> Answer {
        let mut tx = self.store.write().await.map_err(failure)?;
        let standing = self.locked_standing(&mut *tx, visit).await.map_err(failure)?;
        if let Some(standing) = standing
            && tx.close_flow(standing.flow.id, outcome::CANCELLED, self.now()).await.map_err(failure)?
        {
            self.record_failure(&mut *tx, visit, &standing, step::CANCELLED).await.map_err(failure)?;
            tx.commit().await.map_err(failure)?;
            if standing.intent() == Intent::Drill {
                return Ok(Outcome::go("/security-info").with_cookie(Cookie::EndFlow));
            }
        }
        Ok(Outcome::go("/signin").with_cookie(Cookie::EndFlow))
    }
}

fn why(standing: &Standing) -> Stopped {
    match (standing.step(), standing.flow.outcome.as_deref(), standing.locked) {
        (Step::Locked, _, Some(until)) => locked(until),
        (Step::Expired, ..) => Stopped::Expired,
        (_, Some(outcome::REFUSED), _) => {
            Stopped::Refused(standing.body.refusal.filter(|_| standing.body.explained))
        }
        // Like too many tries: whoever is not the owner learns no more.
        (_, Some(outcome::REPORTED), _) => {
            locked(standing.flow.closed_at.unwrap_or(standing.flow.created_at).plus(RECOVERY_LOCK))
        }
        (_, Some(outcome::ASKED_TOO_OFTEN), _) => Stopped::AskedTooOften,
        (_, Some(outcome::CANCELLED), _) => Stopped::Nothing,
        (Step::Closed, ..) => Stopped::Overtaken,
        _ => Stopped::Refused(None),
    }
}

/// Rounded up to the minute.
fn locked(until: Timestamp) -> Stopped {
    Stopped::Locked { until: Timestamp::from_seconds((until.seconds() + 59).div_euclid(60) * 60) }
}
