//! What an authenticator asks of us: being paired, what there is to answer, its answers, where to wake it.

mod answer;
mod approve;
mod finish;
mod pair;
mod report;
mod requests;
mod subscribe;

pub(crate) use answer::{AnswerForm, Answered};
pub(crate) use finish::{FinishForm, FinishLink};
pub(crate) use pair::PairForm;
pub(crate) use requests::{ApprovedRequest, OpenRequest};
pub(crate) use subscribe::SubscribeForm;

use regain_app::outcome::Failure;
use regain_core::time::Timestamp;
use regain_store::{Challenge, Flow, HelpCall, PushRequest, Result, Session, Tx};

use super::failure;
use crate::authenticator::CallProblem;
use crate::captcha::Effort;
use crate::services::is_known;
use crate::verification::{Asker, Holder, Purpose};

/// Why a call is refused. The phone shows a text of its own for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Not signed by a device that we know.
    Unsigned,
    /// The phone's clock is off.
    Clock,
    /// Unreadable.
    Malformed,
    /// There is no such code, or it is used up.
    WrongCode,
    /// Too many windows of the app listen; again at this time.
    TooMany(Timestamp),
    /// There were many wrong codes from this source: work of this price comes first.
    Unpaid(Effort),
    /// There is no such request for this device.
    NotFound,
    /// The request is over.
    Over,
    /// The number was wrong: the request is over.
    WrongNumber,
    /// The database cannot be used at the moment: nothing was lost.
    Unavailable,
    /// The database failed.
    Internal,
}

impl From<CallProblem> for Refusal {
    fn from(problem: CallProblem) -> Self {
        match problem {
            CallProblem::Unsigned => Self::Unsigned,
            CallProblem::Clock => Self::Clock,
        }
    }
}

/// Below the rules; the cause goes to the log.
pub(crate) fn broken(error: regain_store::Error) -> Refusal {
    match failure(error) {
        Failure::Busy(_) => Refusal::Unavailable,
        _ => Refusal::Internal,
    }
}

/// What a request's challenge belongs to.
struct Held {
    challenge: Challenge,
    purpose: Purpose,
    flow: Option<Flow>,
    session: Option<Session>,
    help_call: Option<HelpCall>,
}

impl Held {
    /// Loads it; `None` when it is gone.
    async fn load(tx: &mut dyn Tx, request: &PushRequest) -> Result<Option<Self>> {
        let (Some(challenge), Some(purpose)) =
            (tx.challenge_by_id(request.challenge_id).await?, Purpose::named(&request.purpose))
        else {
            return Ok(None);
        };
        let flow = match challenge.flow_id {
            Some(id) => tx.flow_by_id(id).await?,
            None => None,
        };
        let session = match challenge.session_id {
            Some(id) => tx.session_by_id(id).await?,
            None => None,
        };
        let help_call = match challenge.help_call_id {
            Some(id) => tx.help_call(id).await?,
            None => None,
        };
        let is_held = flow.is_some() || session.is_some() || help_call.is_some();
        Ok(is_held.then_some(Self { challenge, purpose, flow, session, help_call }))
    }

    fn support_code(&self) -> &str {
        let Self { flow, session, help_call, .. } = self;
        let of_flow = flow.as_ref().map(|flow| &flow.support_code);
        let of_session = session.as_ref().map(|session| &session.support_code);
        let of_call = help_call.as_ref().map(|call| &call.support_code);
        of_flow.or(of_session).or(of_call).map_or("", String::as_str)
    }

    /// The one who asked, as limits count; the visit is the phone's.
    fn asker<'a>(
        &'a self,
        request: &'a PushRequest,
        visit: &'a regain_app::visit::Visit,
    ) -> Option<Asker<'a>> {
        let flow = self.flow.as_ref().map(|flow| Holder::Flow(flow.id));
        let session = self.session.as_ref().map(|session| Holder::Session(session.id));
        let help_call = self.help_call.as_ref().map(|call| Holder::HelpCall(call.id));
        let holder = flow.or(session).or(help_call)?;
        Some(Asker {
            holder,
            purpose: self.purpose,
            account: &request.account,
            user_id: request.user_id,
            known_browser: self.flow.as_ref().is_some_and(is_known),
            support_code: self.support_code(),
            visit,
        })
    }
}
