//! The new password is chosen on the phone that approved: a page that opens there once, by the phone's key, for five
//! minutes. From the moment at which all gates are passed the browser that asked takes no password.

use regain_app::outcome::{Answer, Cookie, Failure, Outcome};
use regain_app::pages::authenticator::password::PATH;
use regain_app::services::reset::FinishView;
use regain_app::visit::Visit;
use regain_core::limits::{FINISH_LIFE, REPLAY_GRACE};
use regain_core::method::Method;
use regain_core::secret::Secret;
use regain_store::{Device, Finish, Result, Tx};
use uuid::Uuid;

use super::complete::Cleared;
use super::password::{At, Chosen};
use super::standing::{Place, Standing};
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::services::failure;

/// The page on the phone.
pub(super) const PAGE: &str = PATH;

/// What an approved request leads to on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The new password is chosen here, now.
    Choose,
    /// It will be, when the browser that asked has passed its other gates.
    Wait,
}

impl Next {
    /// As phones know it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Choose => "choose",
            Self::Wait => "wait",
        }
    }
}

impl Standing {
    /// What the phone with this method is to do next, if the reset ends there.
    fn next_on(&self, device: &Device) -> Option<Next> {
        let approved_here = |proof: &&regain_store::Proof| {
            proof.method == Method::AppNotification.as_str() && proof.method_id == device.method_id
        };
        self.proofs.iter().find(approved_here)?;
        match self.place() {
            Place::OnPhone => Some(Next::Choose),
            Place::Method | Place::Phone | Place::Verify | Place::Questions | Place::Passkey => {
                self.will_end_on_phone().then_some(Next::Wait)
            }
            _ => None,
        }
    }
}

impl Engine {
    /// What the phone is to do next about the flow that it approved.
    pub(crate) async fn next_on_phone(
        &self,
        tx: &mut dyn Tx,
        flow_id: Uuid,
        device: &Device,
    ) -> Result<Option<Next>> {
        let Some(flow) = tx.flow_by_id(flow_id).await? else { return Ok(None) };
        if flow.closed_at.is_some() {
            return Ok(None);
        }
        Ok(self.standing_of(tx, flow).await?.next_on(device))
    }

    /// Offers the page to the phone, whose key signed the call: what opens it, once. `None` when it was opened, or the
    /// reset does not end there. The caller holds the account's lock.
    pub(crate) async fn offer_page(
        &self,
        tx: &mut dyn Tx,
        flow_id: Uuid,
        device: &Device,
    ) -> Result<Option<Secret>> {
        if self.next_on_phone(tx, flow_id, device).await? != Some(Next::Choose) {
            return Ok(None);
        }
        let link = self.new_token();
        let finish = Finish {
            flow_id,
            device_id: device.id,
            link_hash: token_hash(link.expose()),
            token_hash: None,
            expires_at: self.now().plus(FINISH_LIFE),
            opened_at: None,
        };
        Ok(tx.offer_finish(&finish).await?.then_some(link))
    }

    pub(super) async fn finish_open(&self, link: &Secret) -> Answer {
        let now = self.now();
        let link_hash = token_hash(link.expose());
        // Made from the link: when the answer is lost, the same form leads to the same page, for a moment.
        let bytes = self.keys.stable_bytes("finish page", link.expose());
        let token = Secret::from(data_encoding::BASE64URL_NOPAD.encode(&bytes));
        let mut tx = self.store.write().await.map_err(failure)?;
        let opened = tx.open_finish(&link_hash, &token_hash(token.expose()), now).await.map_err(failure)?;
        let finish = tx.finish_by_link(&link_hash).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        let again =
            finish.and_then(|finish| finish.opened_at).is_some_and(|at| now.since(at) <= REPLAY_GRACE);
        let page = Outcome::go(PAGE);
        Ok(if opened || again { page.with_cookie(Cookie::Finish(token)) } else { page })
    }

    pub(super) async fn finish_page(&self, visit: &Visit) -> std::result::Result<FinishView, Failure> {
        let mut tx = self.store.read().await.map_err(failure)?;
        let Some((finish, standing)) = self.finishing(&mut *tx, visit).await.map_err(failure)? else {
            return Ok(FinishView::Over);
        };
        if standing.place() == Place::Done {
            return Ok(FinishView::Done(standing.body.notified));
        }
        if !self.may_finish(&mut *tx, &finish, &standing).await.map_err(failure)? {
            return Ok(FinishView::Over);
        }
        let view = self.password_view(&mut *tx, &standing).await.map_err(failure)?;
        Ok(FinishView::Choose(standing.frame(), Box::new(view)))
    }

    pub(super) async fn finish_on_phone(
        &self,
        visit: &Visit,
        password: Secret,
        confirmation: Secret,
    ) -> Answer {
        let mut tx = self.store.write().await.map_err(failure)?;
        let found = self.locked_finishing(&mut *tx, visit).await.map_err(failure)?;
        let Some(standing) = found else {
            return Ok(Outcome::go(PAGE));
        };
        let chosen = Chosen { password, confirmation, at: At::Phone };
        self.choose_password(tx, visit, standing, chosen).await
    }

    /// Judges the flow of the phone's page once more, in the transaction that sets the password.
    pub(super) async fn clear_on_phone(&self, tx: &mut dyn Tx, visit: &Visit) -> Result<Cleared> {
        let Some(standing) = self.locked_finishing(tx, visit).await? else {
            return Ok(Cleared::No(Outcome::go(PAGE), Vec::new()));
        };
        // Where the setting was changed meanwhile the browser may finish as well: the first one does.
        self.judge(tx, visit, standing, &[Place::OnPhone, Place::Password]).await
    }

    /// The page of the visit's cookie and its flow, whatever their state.
    pub(super) async fn finishing(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
    ) -> Result<Option<(Finish, Standing)>> {
        let Some(token) = &visit.finish_token else { return Ok(None) };
        let Some(finish) = tx.finish_by_token(&token_hash(token.expose())).await? else { return Ok(None) };
        let Some(flow) = tx.flow_by_id(finish.flow_id).await? else { return Ok(None) };
        Ok(Some((finish, self.standing_of(tx, flow).await?)))
    }

    /// The same with the account's lock, if a password may be chosen on it now.
    async fn locked_finishing(&self, tx: &mut dyn Tx, visit: &Visit) -> Result<Option<Standing>> {
        let Some((_, before)) = self.finishing(tx, visit).await? else { return Ok(None) };
        self.lock_account(tx, &before.flow.account).await?;
        let Some((finish, standing)) = self.finishing(tx, visit).await? else { return Ok(None) };
        Ok(self.may_finish(tx, &finish, &standing).await?.then_some(standing))
    }

    /// For five minutes, while the phone is still the person's and its approval still counts.
    async fn may_finish(&self, tx: &mut dyn Tx, finish: &Finish, standing: &Standing) -> Result<bool> {
        if finish.expires_at <= self.now() || !matches!(standing.place(), Place::OnPhone | Place::Password) {
            return Ok(false);
        }
        let device = tx.device(finish.device_id).await?;
        let is_theirs = |device: &Device| {
            Some(device.user_id) == standing.flow.user_id
                && device.method_id.is_some()
                && standing.proofs.iter().any(|proof| proof.method_id == device.method_id)
        };
        Ok(device.as_ref().is_some_and(is_theirs))
    }
}
