//! The signed call that opens the page on which the new password is chosen: of the phone that approved, and no other.

use regain_core::authenticator::RequestState;
use regain_store::Device;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Refusal, broken};
use crate::engine::Engine;
use crate::verification::Purpose;

/// The request that was approved.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct FinishForm {
    request: Uuid,
}

/// What opens the page, once.
#[derive(Serialize)]
pub(crate) struct FinishLink {
    link: String,
}

impl Engine {
    /// Offers the page to the device that approved.
    pub(crate) async fn offer_finish(
        &self,
        device: &Device,
        form: &FinishForm,
    ) -> Result<FinishLink, Refusal> {
        let mut tx = self.store.write().await.map_err(broken)?;
        let request = tx.push_request(form.request).await.map_err(broken)?;
        let approved_here = |request: &regain_store::PushRequest| {
            request.user_id == Some(device.user_id)
                && request.answered_by == Some(device.id)
                && request.state == RequestState::Approved.as_str()
                && request.purpose == Purpose::Recovery.as_str()
        };
        let request = request.filter(approved_here).ok_or(Refusal::NotFound)?;
        self.lock_account(&mut *tx, &request.account).await.map_err(broken)?;
        let challenge = tx.challenge_by_id(request.challenge_id).await.map_err(broken)?;
        let flow_id = challenge.and_then(|challenge| challenge.flow_id).ok_or(Refusal::Over)?;
        let link = self.offer_page(&mut *tx, flow_id, device).await.map_err(broken)?.ok_or(Refusal::Over)?;
        tx.commit().await.map_err(broken)?;
        Ok(FinishLink { link: link.expose().to_owned() })
    }
}
