//! An answer: approve with the number, deny, or *it wasn't me*.

use regain_app::visit::Visit;
use regain_core::authenticator::{Decision, MatchNumber, RequestState};
use regain_store::{Device, PushRequest};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::report::Reported;
use super::{Held, Refusal, broken};
use crate::engine::Engine;
use crate::verification::{Answering, Checked};

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
    /// A report came after the reset was finished: the password that was set is taken away.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    undone: bool,
}

impl Engine {
    /// Takes an answer. The request and the device decide whose it is and what it is good for, not the form.
    pub(crate) async fn answer_request(
        &self,
        visit: &Visit,
        device: &Device,
        browser: &[u8],
        form: AnswerForm,
    ) -> Result<Answered, Refusal> {
        let mut tx = self.store.read().await.map_err(broken)?;
        let request = tx.push_request(form.request).await.map_err(broken)?;
        let request = request.filter(|request| may_answer(device, request)).ok_or(Refusal::NotFound)?;
        let held = Held::load(&mut *tx, &request).await.map_err(broken)?.ok_or(Refusal::Over)?;
        drop(tx);
        self.note_browser(device, browser).await.map_err(broken)?;
        let by = Answering::new(device, visit);
        let mut undone = false;
        let state = match form.decision {
            Decision::Approve => self.approve_request(visit, &by, &request, held, &form.number).await?,
            Decision::Deny => self.deny(visit, &by, &request, &held).await?,
            Decision::Report | Decision::Told => {
                let told = form.decision == Decision::Told;
                undone = self.report_request(visit, &by, &request, told).await? == Reported::Undone;
                RequestState::Reported
            }
        };
        Ok(Answered { state, undone })
    }

    /// The browser that holds the key is the one that the call comes from.
    async fn note_browser(&self, device: &Device, browser: &[u8]) -> regain_store::Result<()> {
        if device.browser.as_deref() == Some(browser) {
            return Ok(());
        }
        let mut tx = self.store.write().await?;
        tx.set_device_browser(device.id, browser).await?;
        tx.commit().await
    }

    async fn approve_request(
        &self,
        visit: &Visit,
        by: &Answering<'_>,
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
            self.check_number(&asker, &held.challenge, (request, by), typed).await.map_err(broken)?;
        match checked {
            Checked::Right(tx, consumed) => {
                self.write_approval(tx, visit, by.device, request, &held, &consumed).await?;
                Ok(RequestState::Approved)
            }
            Checked::Locked(_) | Checked::Dead(_) | Checked::Wrong(_) | Checked::Spent(_) => {
                let mut tx = self.store.read().await.map_err(broken)?;
                let now = tx.push_request(request.id).await.map_err(broken)?;
                drop(tx);
                let denied = now.is_some_and(|now| {
                    now.state == RequestState::Denied.as_str() && now.answered_by == Some(by.device.id)
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
        by: &Answering<'_>,
        request: &PushRequest,
        held: &Held,
    ) -> Result<RequestState, Refusal> {
        let denied =
            self.deny_request(request, by, RequestState::Open, RequestState::Denied).await.map_err(broken)?;
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
