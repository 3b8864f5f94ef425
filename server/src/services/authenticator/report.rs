//! *It wasn't me*: what asked dies, its way in is locked, administrators are told. No page can undo it (T58).

use regain_app::visit::Visit;
use regain_core::authenticator::RequestState;
use regain_core::role::Role;
use regain_store::{Device, PushRequest, Tx, User};

use super::{Held, Refusal, broken};
use crate::audit::{self, Build as _};
use crate::engine::Engine;
use crate::messages::Notice;
use crate::services::REPORTED;
use crate::verification::Purpose;

/// More Global Administrators than anybody has; the mail goes to each.
const MOST_ADMINISTRATORS: i64 = 1_000;

impl Engine {
    pub(super) async fn report_request(
        &self,
        visit: &Visit,
        device: &Device,
        request: &PushRequest,
        held: &Held,
    ) -> Result<RequestState, Refusal> {
        let mut settled = false;
        for from in [RequestState::Open, RequestState::Denied, RequestState::Expired] {
            settled = settled
                || self.deny_request(request, device, from, RequestState::Reported).await.map_err(broken)?;
        }
        if !settled {
            return Err(Refusal::Over);
        }
        let mut tx = self.store.write().await.map_err(broken)?;
        self.end_reported(&mut *tx, visit, request, held).await.map_err(broken)?;
        tx.commit().await.map_err(broken)?;
        Ok(RequestState::Reported)
    }

    async fn end_reported(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        request: &PushRequest,
        held: &Held,
    ) -> regain_store::Result<()> {
        let now = self.now();
        self.lock_account(tx, &request.account).await?;
        if let Some(flow) = &held.flow {
            tx.close_flow(flow.id, REPORTED, now).await?;
        }
        let Some(user) = tx.user(request.user_id.unwrap_or_default()).await? else { return Ok(()) };
        // Also the flow that has all its proofs: a lock from wrong tries would leave it, a report does not.
        tx.close_flows(user.id, None, REPORTED, now).await?;
        self.tell_of_report(tx, request, held, &user).await?;
        // Whatever the help desk found out of a caller was found out of somebody else, and so was a pass given to them.
        tx.void_challenges(user.id, now).await?;
        tx.delete_pass(user.id).await?;
        if let Some(session) = &held.session {
            // Whoever signed in there is not the owner; what hangs on the session goes with it.
            tx.end_session(session.id).await?;
        }
        let locks = held.purpose != Purpose::Register;
        if let Some(asker) = held.asker(request, visit).filter(|_| locks) {
            self.lock_reported(tx, &asker).await?;
        }
        let record = audit::success(audit::service::PASSWORD, audit::activity::REPORTED)
            .seen(self, visit)
            .in_flow(held.support_code())
            .by(&user)
            .to(&user)
            .detail("asked", request.asked.clone())
            .detail("asked_from", request.address.clone());
        tx.append(&record).await
    }

    /// Every Global Administrator, whatever the notification settings say: somebody has, or guesses, a password.
    async fn tell_of_report(
        &self,
        tx: &mut dyn Tx,
        request: &PushRequest,
        held: &Held,
        user: &User,
    ) -> regain_store::Result<()> {
        let holders = tx.role_holders(Role::GlobalAdministrator.as_str(), MOST_ADMINISTRATORS).await?;
        for holder in holders {
            let to = [holder.mail.clone().unwrap_or_else(|| holder.upn.clone())];
            let notice = Notice {
                to: &to,
                template: "notice-admin-reported",
                params: &[
                    ("name", holder.display_name.clone()),
                    ("person", user.display_name.clone()),
                    ("upn", user.upn.clone()),
                    ("address", request.address.clone()),
                ],
                locale: holder.locale.as_deref().unwrap_or("en"),
                support_code: held.support_code(),
            };
            self.enqueue_notice(tx, &notice).await?;
        }
        Ok(())
    }
}
