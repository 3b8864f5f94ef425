//! START: for every name the same statements, the same answer, a flow and a cookie.

use regain_app::outcome::{Answer, Cookie, Failure, Outcome};
use regain_app::services::reset::StartForm;
use regain_app::visit::Visit;
use regain_core::account::Username;
use regain_core::eligibility::{self, Facts, Refusal};
use regain_core::limits;
use regain_core::secret::Secret;
use regain_store::{Flow, Result, Tx};

use super::decoy;
use super::record::{evened, reason, step};
use super::standing::{Body, Place, Standing, outcome};
use crate::account_key::{account_key, account_lock, counter_key, key_of_name};
use crate::audit::{self, Build as _, activity, service};
use crate::browser::Marked;
use crate::crypto::token_hash;
use crate::engine::Engine;
use crate::forms::Derived;
use crate::messages::Notice;
use crate::person::Person;
use crate::refusals::Kind;
use crate::services::failure;

/// Where a reset begins.
const START: &str = "/reset";

/// A name that was looked up, and what came of it.
struct Judged {
    person: Person,
    refusal: Option<Refusal>,
}

impl Engine {
    pub(super) async fn reset_start(&self, visit: &Visit, form: StartForm) -> Answer {
        let entry = match self.read_entry(&form) {
            Ok(entry) => entry,
            Err(refused) => return Ok(refused),
        };
        let mut tx = self.store.write().await.map_err(failure)?;
        let account = account_key(&self.keys, entry.username.key());
        tx.lock(&account_lock(&account)).await.map_err(failure)?;
        let passed = match self.pass_captcha(&mut *tx, visit, &form, entry.opened).await.map_err(failure)? {
            Ok(passed) => passed,
            // What was counted and spent stays so.
            Err(refused) => return tx.commit().await.map_err(failure).map(|()| refused),
        };
        let support_code = passed.support_code().as_str();
        let begun = self.begin_flow(&mut *tx, visit, &entry.username, support_code).await;
        let begun = begun.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(begun)
    }

    async fn begin_flow(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        name: &Username,
        support_code: &str,
    ) -> Result<Outcome> {
        let judged = self.judge_name(tx, name).await?;
        let (token, browser) = (self.derive(visit, Derived::Flow), self.mark_browser(visit));
        let flow = self.new_flow(tx, visit, name, support_code, &judged, (&token, &browser)).await?;
        tx.add_flow(&flow).await?;
        let explained = flow.closed_at.is_some();
        if !explained && let Some(refusal) = judged.refusal.filter(|refusal| *refusal != Refusal::Unknown) {
            self.mail_reason(tx, &flow, &judged.person, refusal).await?;
        }
        let next = match (explained, judged.person.effective.unlock_allowed) {
            (true, _) => Place::Stopped,
            (false, true) => Place::Why,
            (false, false) => Place::Method,
        };
        let next = Outcome::go(next.path()).with_cookie(Cookie::Flow(token)).with_cookie(browser.cookie());
        self.remember(tx, visit, &next).await?;
        self.record_start(tx, visit, &flow, &judged).await?;
        Ok(next)
    }

    async fn judge_name(&self, tx: &mut dyn Tx, name: &Username) -> Result<Judged> {
        let user = tx.user_by_key(name.key()).await?;
        let known = user.is_some();
        let person =
            Person::of(self, tx, user.unwrap_or_else(|| decoy::ghost(name.as_typed(), self.now()))).await?;
        let refusal = eligibility::check(&Facts { known, ..person.facts() }).err();
        Ok(Judged { person, refusal })
    }

    async fn new_flow(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        name: &Username,
        support_code: &str,
        judged: &Judged,
        (token, browser): (&Secret, &Marked),
    ) -> Result<Flow> {
        let now = self.now();
        let account = key_of_name(&self.keys, name.key(), judged.refusal != Some(Refusal::Unknown));
        let policy = &judged.person.policy;
        let mix = decoy::mix(tx).await?;
        let (mimic, who) = self.mimic(&account, &mix, &judged.person.policies);
        let known = self.known_browser(tx, judged.person.user.id, Some(&browser.hash)).await?;
        let explained = judged.refusal.is_some() && policy.explain.applies_to(visit.address);
        let body = Body {
            refusal: judged.refusal,
            explained,
            mimic: judged.refusal.map(|_| mimic),
            known_browser: known.is_some(),
            groups: judged.refusal.map(|_| who.iter().map(ToOwned::to_owned).collect()).unwrap_or_default(),
            ..Body::default()
        };
        Ok(Flow {
            id: self.new_id(),
            token_hash: token_hash(token.expose()),
            support_code: support_code.to_owned(),
            typed: name.as_typed().to_owned(),
            account,
            user_id: judged.refusal.is_none().then_some(judged.person.user.id),
            intent: None,
            method: None,
            body: serde_json::to_string(&body).unwrap_or_default(),
            address: visit.address.to_string(),
            client: visit.client.clone(),
            browser: Some(browser.hash.clone()),
            locale: visit.locale.tag().to_owned(),
            created_at: now,
            expires_at: now.plus(limits::FLOW_LIFE),
            closed_at: explained.then_some(now),
            outcome: explained.then(|| outcome::REFUSED.to_owned()),
        })
    }

    async fn record_start(&self, tx: &mut dyn Tx, visit: &Visit, flow: &Flow, judged: &Judged) -> Result<()> {
        let record = match judged.refusal {
            None => audit::success(service::PASSWORD, activity::PROGRESS).because(step::NAME),
            Some(refusal) => audit::failure(service::PASSWORD, activity::PROGRESS, &reason(refusal)),
        };
        let record = record.seen(self, visit).in_flow(&flow.support_code);
        let record = match judged.refusal {
            Some(Refusal::Unknown) => record.on("user", "", &flow.typed),
            _ => record.to(&judged.person.user),
        };
        tx.append(&evened(record)).await
    }

    /// The page tells nothing, so the person learns the true reason by mail, at most once a day (ruling 3).
    async fn mail_reason(
        &self,
        tx: &mut dyn Tx,
        flow: &Flow,
        person: &Person,
        refusal: Refusal,
    ) -> Result<()> {
        let rate = limits::REASON_MAILS;
        let key = counter_key(&flow.account, "reason");
        if tx.count(&key, rate.within, self.now()).await?.count > i64::from(rate.times) {
            return Ok(());
        }
        let notice = Notice {
            to: &person.notice_addresses(),
            template: "notice-reset-not-possible",
            params: &[("name", person.user.display_name.clone()), ("reason", refusal.as_str().to_owned())],
            locale: person.user.locale.as_deref().unwrap_or(&flow.locale),
            support_code: &flow.support_code,
        };
        self.enqueue_notice(tx, &notice).await
    }

    /// Writes down that a form came from a browser without cookies, where it would have begun a reset (R113).
    pub(crate) async fn note_cookieless(&self, visit: &Visit) -> std::result::Result<(), Failure> {
        if visit.path != START {
            return Ok(());
        }
        let record =
            audit::failure(service::PASSWORD, activity::PROGRESS, step::NO_COOKIES).seen(self, visit);
        if !self.is_first_refusal(visit, Kind::NoCookies, &record) {
            return Ok(());
        }
        let mut tx = self.store.write().await.map_err(failure)?;
        tx.append(&record).await.map_err(failure)?;
        tx.commit().await.map_err(failure)
    }
}

impl Standing {
    /// Closes nothing by itself: the row as it will be once the flow was refused.
    pub(super) fn refused_row(&mut self, refusal: Refusal) -> Flow {
        self.body.refusal = Some(refusal);
        self.row()
    }
}
