//! After a reset methods stay as they are for a day (ruling 15): whoever talked a person through it must not add one of
//! their own. An older method that took no part may agree to a change.

use regain_core::limits::{AGREEMENT_LIFE, CARRY_LIFE, STEP_UP_LIFE};
use regain_core::method::Method;
use regain_core::time::{Duration, Timestamp};
use regain_store::{Device, Hold, Proof, Result, Session, Tx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::engine::Engine;
use crate::person::{Factor, Person};
use crate::policy;

/// Longer than any setting lets a hold last.
pub(crate) const KEPT: Duration = Duration::from_hours(4 * 24);

/// Where it is explained, and an older method agrees.
pub(crate) const PAGE: &str = regain_app::pages::security_info::hold::PATH;

/// Something that took part in the reset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Took {
    method: String,
    method_id: Option<Uuid>,
    destination: Option<String>,
}

/// What took part; `None` where that cannot be read, and then nothing is known to be apart.
fn took(hold: &Hold) -> Option<Vec<Took>> {
    serde_json::from_str(&hold.proofs).ok()
}

impl Engine {
    /// Notes a reset with what proved it, in its transaction.
    pub(crate) async fn begin_hold(&self, tx: &mut dyn Tx, user_id: Uuid, proofs: &[Proof]) -> Result<()> {
        // Whoever resets twice makes no browser of theirs an older one.
        let earlier = tx.hold(user_id).await?.map(|hold| hold.reset_at);
        if let Some(at) = earlier.filter(|at| self.now().since(*at) <= KEPT) {
            tx.forget_browsers(user_id, at).await?;
        }
        let mut approver = None;
        for device in tx.devices(user_id).await? {
            let is_proof = proofs.iter().any(|proof| proof.method_id == device.method_id);
            approver = approver.or(device.browser.filter(|_| is_proof));
        }
        let took = proofs.iter().map(|proof| Took {
            method: proof.method.clone(),
            method_id: proof.method_id,
            destination: proof.destination.clone(),
        });
        let proofs = serde_json::to_string(&took.collect::<Vec<_>>()).unwrap_or_default();
        tx.begin_hold(&Hold { user_id, reset_at: self.now(), proofs, approver, carried_at: None }).await
    }

    /// Until when the person of a session changes no method in it. `None`: nothing holds, or the session is exempt.
    pub(crate) async fn held_until(
        &self,
        tx: &mut dyn Tx,
        session: &Session,
        policies: &policy::All,
    ) -> Result<Option<Timestamp>> {
        let Some(hold) = tx.hold(session.user_id).await? else { return Ok(None) };
        let now = self.now();
        let until = hold.reset_at.plus(policies.methods.hold());
        let agreed = session.agreed_at.is_some_and(|at| now.since(at) <= AGREEMENT_LIFE);
        // The help desk knew who it was, by more than the reset.
        let by_pass = session.pass_id.is_some();
        let free = until <= now || agreed || by_pass || self.registers_first(tx, session, &hold).await?;
        Ok((!free).then_some(until))
    }

    /// Somebody without any method of their own registers the first ones; but not in a browser that was not known before
    /// the reset: for all that is known it did the reset itself.
    async fn registers_first(&self, tx: &mut dyn Tx, session: &Session, hold: &Hold) -> Result<bool> {
        let rows = tx.methods(session.user_id).await?;
        let answered = rows.is_empty() && !tx.answers(session.user_id).await?.is_empty();
        if answered || rows.iter().any(|row| row.created_at < hold.reset_at) {
            return Ok(false);
        }
        let known = self.known_browser(tx, session.user_id, session.browser.as_deref()).await?;
        Ok(known.is_some_and(|known| known.first_at < hold.reset_at))
    }

    /// The methods that may agree: older than the reset, and nothing of them took part in it.
    pub(crate) async fn agreeing(&self, tx: &mut dyn Tx, person: &Person) -> Result<Vec<Factor>> {
        let Some(hold) = tx.hold(person.user.id).await? else { return Ok(Vec::new()) };
        let (rows, devices) = (tx.methods(person.user.id).await?, tx.devices(person.user.id).await?);
        let Some(took) = took(&hold) else { return Ok(Vec::new()) };
        let older = |factor: &&Factor| {
            rows.iter().any(|row| Some(row.id) == factor.method_id && row.created_at < hold.reset_at)
        };
        let factors = person.factors.iter().filter(|factor| {
            can_agree(factor.method) && person.working.contains(factor.method) && !person.is_suspended(factor)
        });
        Ok(factors.filter(older).filter(|factor| !took_part(factor, &took, &devices)).cloned().collect())
    }

    /// The second factor that a sign-in takes from the reset just before, once: where the person had shown one before, or
    /// on the phone that approved; never for administrators.
    pub(crate) async fn carry_proof(
        &self,
        tx: &mut dyn Tx,
        person: &Person,
        browser: &[u8],
    ) -> Result<Option<Method>> {
        let Some(hold) = tx.hold(person.user.id).await? else { return Ok(None) };
        let (now, effective) = (self.now(), &person.effective);
        if !effective.second_factor || effective.administrator || now.since(hold.reset_at) > CARRY_LIFE {
            return Ok(None);
        }
        let known = self.known_browser(tx, person.user.id, Some(browser)).await?;
        let shown = known.and_then(|known| known.proved_at).is_some_and(|at| at < hold.reset_at);
        if !shown && hold.approver.as_deref() != Some(browser) {
            return Ok(None);
        }
        let counts = |took: &Took| {
            let method = took.method.parse::<Method>().ok()?;
            let has = person.factors.iter().any(|one| one.method == method && one.method_id.is_some());
            (effective.sign_in.methods.contains(method) && has).then_some(method)
        };
        let Some(method) = took(&hold).iter().flatten().find_map(counts) else { return Ok(None) };
        Ok(tx.carry_hold(person.user.id, hold.reset_at, now).await?.then_some(method))
    }

    /// When a carried proof counts as shown: too long ago for anything that asks for a fresh one.
    pub(crate) fn carried_at(&self) -> Timestamp {
        self.now().minus(STEP_UP_LIFE + Duration::from_secs(1))
    }
}

/// Methods that are asked for on the spot and are the person's alone.
const fn can_agree(method: Method) -> bool {
    match method {
        Method::Passkey
        | Method::AppNotification
        | Method::AppCode
        | Method::MobilePhone
        | Method::OfficePhone
        | Method::Email => true,
        Method::RecoveryCode | Method::SecurityQuestions => false,
    }
}

/// The same row, the same address or line, or another method of the same phone.
fn took_part(factor: &Factor, took: &[Took], devices: &[Device]) -> bool {
    let is_row = |id: Option<Uuid>| id.is_some() && took.iter().any(|took| took.method_id == id);
    let same_place =
        factor.destination.is_some() && took.iter().any(|took| took.destination == factor.destination);
    let same_phone = devices.iter().any(|device| {
        let pair = [device.method_id, device.code_id];
        factor.method_id.is_some() && pair.contains(&factor.method_id) && pair.into_iter().any(is_row)
    });
    is_row(factor.method_id) || same_place || same_phone
}
