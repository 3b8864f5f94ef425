//! An authenticator that is asked: paired by the code on this page, then tested with the number on it.

use regain_app::outcome::{Answer, Failure, Outcome};
use regain_app::pages::security_info::client::name as client_name;
use regain_app::services::registration::{NotificationSetUp, Show, Shown, Step, Trail, Way};
use regain_app::visit::Visit;
use regain_core::authenticator::RequestState;
use regain_core::method::Method;
use regain_core::secret::Secret;
use regain_store::{Challenge, Device, Pairing, Result, Tx};

use super::begin::due_step;
use super::{elsewhere, otpauth};
use crate::engine::Engine;
use crate::security_info::Me;
use crate::services::failure;
use crate::verification::{Holder, Purpose};

/// Where a set-up stands.
enum Standing {
    /// A code waits for a phone.
    Pairing(Pairing),
    /// A phone waits for its test.
    Testing(Device),
    /// The code ran out, or the phone went.
    Over,
    /// It became a method.
    Done,
    /// Something else is under way.
    Elsewhere(Step),
}

impl Engine {
    pub(super) async fn show_notifications(&self, visit: &Visit, trail: &Trail) -> Shown<NotificationSetUp> {
        let (me, inventory) = self.to_see(visit).await?;
        let mut tx = self.store.read().await.map_err(failure)?;
        let page = match self.pairing_standing(&mut *tx, &me).await.map_err(failure)? {
            Standing::Pairing(pairing) => self.pairing_page(&pairing, &inventory.person.user.upn)?,
            Standing::Testing(device) => self.test_page(&mut *tx, visit, &me, &device).await?,
            Standing::Over => NotificationSetUp::Over,
            Standing::Done => {
                let name = if trail.way == Way::Register { "method" } else { "added" };
                let query = [(name, Method::AppNotification.as_str())];
                return Ok(Show::Elsewhere(trail.to_with(Step::Added, &query)));
            }
            Standing::Elsewhere(step) => return elsewhere(trail, step),
        };
        Ok(Show::Page(page))
    }

    async fn pairing_standing(&self, tx: &mut dyn Tx, me: &Me<'_>) -> Result<Standing> {
        let method = Method::AppNotification.as_str();
        let Some(enrolment) = self.live_enrolment(tx, me).await? else {
            let newest = self.test_challenge(tx, me).await?;
            let done = newest.is_some_and(|test| test.method == method && test.consumed_at.is_some());
            return Ok(if done { Standing::Done } else { Standing::Elsewhere(Step::Method) });
        };
        if enrolment.method != method {
            return Ok(Standing::Elsewhere(due_step(Some(&enrolment))));
        }
        if let Some(device) = tx.session_device(me.session_id).await? {
            return Ok(Standing::Testing(device));
        }
        let pairing = tx.pairing(me.session_id).await?;
        let open = pairing.filter(|pairing| pairing.used_at.is_none() && pairing.expires_at > self.now());
        Ok(open.map_or(Standing::Over, Standing::Pairing))
    }

    /// Whether choosing the method once more shows the same code: nobody has to scan twice.
    pub(super) async fn pairing_goes_on(&self, tx: &mut dyn Tx, me: &Me<'_>) -> Result<bool> {
        Ok(matches!(self.pairing_standing(tx, me).await?, Standing::Pairing(_)))
    }

    async fn test_challenge(&self, tx: &mut dyn Tx, me: &Me<'_>) -> Result<Option<Challenge>> {
        self.challenge(tx, Holder::Session(me.session_id), Purpose::Register).await
    }

    /// The code stands behind `#`: browsers keep that part to themselves, so it is in no log.
    fn pairing_page(&self, pairing: &Pairing, upn: &str) -> std::result::Result<NotificationSetUp, Failure> {
        let codes = self.pairing_codes(pairing.id).ok_or(Failure::Internal)?;
        let fragment = format!("username={}&code={}", otpauth::encoded(upn), codes.scanned.expose());
        let link = Secret::from(self.config.public_url.link(&format!("/authenticator/#{fragment}")));
        let svg = otpauth::picture(&link).ok_or(Failure::Internal)?;
        let minutes = pairing.expires_at.since(self.now()).as_secs().div_ceil(60);
        let code = Secret::from(codes.typed.expose());
        Ok(NotificationSetUp::Pair { link, svg, code, username: upn.to_owned(), minutes })
    }

    async fn test_page(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        me: &Me<'_>,
        device: &Device,
    ) -> std::result::Result<NotificationSetUp, Failure> {
        let Some(challenge) = self.test_challenge(tx, me).await.map_err(failure)? else {
            return Ok(NotificationSetUp::Over);
        };
        let push = self.push_view(tx, &challenge).await.map_err(failure)?;
        let device = client_name(visit.locale, &device.client);
        Ok(push.map_or(NotificationSetUp::Over, |push| NotificationSetUp::Test { device, push }))
    }

    /// Asks the new phone once more, if it did not answer.
    pub(super) async fn test_again(&self, visit: &Visit, trail: &Trail) -> Answer {
        let (me, inventory) = self.to_change(visit).await?;
        let mut tx = self.store.write().await.map_err(failure)?;
        self.lock_own(&mut *tx, &me).await?;
        let standing = self.pairing_standing(&mut *tx, &me).await.map_err(failure)?;
        let session = tx.session_by_id(me.session_id).await.map_err(failure)?;
        if let (Standing::Testing(device), Some(session)) = (standing, session) {
            let newest = self.test_challenge(&mut *tx, &me).await.map_err(failure)?;
            let waits = match newest {
                Some(challenge) => self.push_view(&mut *tx, &challenge).await.map_err(failure)?,
                None => None,
            };
            if waits.is_none_or(|view| view.state != RequestState::Open) {
                let user = &inventory.person.user;
                self.ask_to_test(&mut *tx, visit, user, &session, device.id).await.map_err(failure)?;
                tx.commit().await.map_err(failure)?;
            }
        }
        Ok(Outcome::go(trail.to(Step::Notifications)))
    }

    /// What the set-up page of this session waits for: it is told in one word, and proves nothing.
    pub(crate) async fn registration_waits(
        &self,
        visit: &Visit,
    ) -> std::result::Result<Option<&'static str>, Failure> {
        let Ok(me) = self.me_registering(visit) else { return Ok(None) };
        let mut tx = self.store.read().await.map_err(failure)?;
        Ok(Some(match self.pairing_standing(&mut *tx, &me).await.map_err(failure)? {
            Standing::Pairing(_) => "pair",
            Standing::Testing(_) => {
                let newest = self.test_challenge(&mut *tx, &me).await.map_err(failure)?;
                let view = match newest {
                    Some(challenge) => self.push_view(&mut *tx, &challenge).await.map_err(failure)?,
                    None => None,
                };
                if view.is_some_and(|view| view.state == RequestState::Open) { "waiting" } else { "over" }
            }
            Standing::Over | Standing::Done | Standing::Elsewhere(_) => "over",
        }))
    }
}
