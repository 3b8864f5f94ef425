//! An answer: approve with the number, deny, or *it wasn't me*.

use regain_app::visit::Visit;
use regain_core::authenticator::{Decision, MatchNumber, RequestState};
use regain_core::limits::PUSH_REPORT_LIFE;
use regain_store::{Device, PushRequest};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Held, Refusal, broken};
use crate::engine::Engine;
use crate::verification::Checked;

/// What a phone answers. Its call's signature covers all of it, and the time.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct AnswerForm {
    request: Uuid,
    decision: Decision,
    #[serde(default)]
    number: String,
}

/// What became of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Answered {
    state: RequestState,
}

impl Engine {
    /// Takes an answer. The request and the device decide whose it is and what it is good for, not the form.
    pub(crate) async fn answer_request(
        &self,
        visit: &Visit,
        device: &Device,
        form: AnswerForm,
    ) -> Result<Answered, Refusal> {
        let mut tx = self.store.read().await.map_err(broken)?;
        let request = tx.push_request(form.request).await.map_err(broken)?;
        let request = request.filter(|request| may_answer(device, request)).ok_or(Refusal::NotFound)?;
        let held = Held::load(&mut *tx, &request).await.map_err(broken)?.ok_or(Refusal::Over)?;
        drop(tx);
        let state = match form.decision {
            Decision::Approve => self.approve_request(visit, device, &request, held, &form.number).await?,
            Decision::Deny => self.deny(visit, device, &request, &held).await?,
            Decision::Report => {
                let since = self.now().since(request.created_at);
                if since > PUSH_REPORT_LIFE {
                    return Err(Refusal::Over);
                }
                self.report_request(visit, device, &request, &held).await?
            }
        };
        Ok(Answered { state })
    }

    async fn approve_request(
        &self,
        visit: &Visit,
        device: &Device,
        request: &PushRequest,
        held: Held,
        typed: &str,
    ) -> Result<RequestState, Refusal> {
        if typed.trim().is_empty() {
            // Nothing was guessed.
            return Err(Refusal::Malformed);
        }
        if request.state != RequestState::Open.as_str() || request.expires_at <= self.now() {
            return Err(Refusal::Over);
        }
        let asker = held.asker(request, visit).ok_or(Refusal::Over)?;
        // What is no number of two digits is a wrong one.
        let typed = MatchNumber::parse(typed).unwrap_or(MatchNumber::NONE);
        let checked =
            self.check_number(&asker, &held.challenge, (request, device), typed).await.map_err(broken)?;
        match checked {
            Checked::Right(tx, consumed) => {
                self.write_approval(tx, visit, device, request, &held, &consumed).await?;
                Ok(RequestState::Approved)
            }
            Checked::Locked(_) | Checked::Dead(_) | Checked::Wrong(_) | Checked::Spent(_) => {
                let mut tx = self.store.read().await.map_err(broken)?;
                let now = tx.push_request(request.id).await.map_err(broken)?;
                drop(tx);
                let denied = now.is_some_and(|now| {
                    now.state == RequestState::Denied.as_str() && now.answered_by == Some(device.id)
                });
                if !denied {
                    return Err(Refusal::Over);
                }
                self.record_denial(visit, request, &held, "The wrong number was entered").await?;
                Err(Refusal::WrongNumber)
            }
        }
    }

    async fn deny(
        &self,
        visit: &Visit,
        device: &Device,
        request: &PushRequest,
        held: &Held,
    ) -> Result<RequestState, Refusal> {
        let denied = self
            .deny_request(request, device, RequestState::Open, RequestState::Denied)
            .await
            .map_err(broken)?;
        if !denied {
            return Err(Refusal::Over);
        }
        self.record_denial(visit, request, held, "Denied on the authenticator").await?;
        Ok(RequestState::Denied)
    }
}

/// A person's proven devices answer what the person is asked; a new one answers its own test alone.
fn may_answer(device: &Device, request: &PushRequest) -> bool {
    let addressed = match request.device_id {
        Some(id) => id == device.id,
        None => device.method_id.is_some(),
    };
    addressed && request.user_id == Some(device.user_id)
}
