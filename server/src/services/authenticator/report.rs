//! *It wasn’t me* and *Somebody told me to do this*: before an answer, after *Deny*, and after an approval for as long as
//! it can still stop or undo something.

use regain_app::visit::Visit;
use regain_core::authenticator::RequestState;
use regain_core::limits::{PUSH_APPROVED_REPORT_LIFE, PUSH_REPORT_LIFE};
use regain_core::time::Timestamp;
use regain_store::{PushRequest, Result, Tx};

use super::{Held, Refusal, broken};
use crate::engine::Engine;
use crate::report::{About, Report, Undo, finished_at};
use crate::verification::{Answering, Purpose};

/// What a report could still do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reported {
    /// Nothing was finished yet: it was stopped.
    Stopped,
    /// The reset was finished before: the password that was set is taken away.
    Undone,
}

impl Engine {
    pub(super) async fn report_request(
        &self,
        visit: &Visit,
        answering: &Answering<'_>,
        request: &PushRequest,
        told: bool,
    ) -> std::result::Result<Reported, Refusal> {
        let mut tx = self.store.write().await.map_err(broken)?;
        self.lock_account(&mut *tx, &request.account).await.map_err(broken)?;
        let request = tx.push_request(request.id).await.map_err(broken)?.ok_or(Refusal::Over)?;
        let held = Held::load(&mut *tx, &request).await.map_err(broken)?;
        if !can_be_reported(&request, self.now()) {
            return Err(Refusal::Over);
        }
        let reported = self
            .end_reported(&mut *tx, visit, answering, &request, held.as_ref(), told)
            .await
            .map_err(broken)?;
        let reported = reported.ok_or(Refusal::Over)?;
        tx.commit().await.map_err(broken)?;
        Ok(reported)
    }

    async fn end_reported(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        answering: &Answering<'_>,
        request: &PushRequest,
        held: Option<&Held>,
        told: bool,
    ) -> Result<Option<Reported>> {
        let Some(state) = request.state.parse::<RequestState>().ok() else { return Ok(None) };
        if !self.settle_report(tx, answering, request, state).await? {
            return Ok(None);
        }
        let Some(user) = tx.user(request.user_id.unwrap_or_default()).await? else { return Ok(None) };
        let purpose = held.map_or(Purpose::Recovery, |held| held.purpose);
        let session = held.and_then(|held| held.session.as_ref());
        if let Some(session) = session {
            // Whoever signed in there is not the owner; what hangs on the session goes with it.
            tx.end_session(session.id).await?;
        }
        let finished_at = held.and_then(|held| held.flow.as_ref()).and_then(finished_at);
        let report = Report {
            visit: Some(visit),
            locale: visit.locale.tag(),
            support_code: held.map_or("", Held::support_code),
            purpose,
            about: About::Request(&request.asked),
            address: &request.address,
            client: &request.client,
            told,
            undo: finished_at.map(Undo::reset),
        };
        self.end_reported_account(tx, &user, &report).await?;
        Ok(Some(if finished_at.is_some() { Reported::Undone } else { Reported::Stopped }))
    }

    /// Marks the request. An open one that has just run out is one that was not answered.
    async fn settle_report(
        &self,
        tx: &mut dyn Tx,
        answering: &Answering<'_>,
        request: &PushRequest,
        state: RequestState,
    ) -> Result<bool> {
        if state == RequestState::Open && request.expires_at <= self.now() {
            tx.expire_push_request(request.id, self.now()).await?;
            return self
                .settle_in(tx, request, answering, RequestState::Expired, RequestState::Reported)
                .await;
        }
        self.settle_in(tx, request, answering, state, RequestState::Reported).await
    }
}

/// Whether *It wasn’t me* still stops or undoes something.
pub(super) fn can_be_reported(request: &PushRequest, now: Timestamp) -> bool {
    match request.state.parse() {
        Ok(RequestState::Open | RequestState::Denied | RequestState::Expired) => {
            now.since(request.created_at) <= PUSH_REPORT_LIFE
        }
        // A phone that was set up is taken off the security info page again.
        Ok(RequestState::Approved) if request.purpose != Purpose::Register.as_str() => {
            request.answered_at.is_some_and(|at| now.since(at) <= PUSH_APPROVED_REPORT_LIFE)
        }
        _ => false,
    }
}
