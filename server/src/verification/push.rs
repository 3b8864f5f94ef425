//! Asking a person's authenticators, and judging what they answer.
//!
//! The number is on the page that asks; who approves types it on the phone. One request is open for an account at a
//! time, and its first wrong number ends it (T53, T54). A decoy gets a number, the same limits, and never an answer.

use regain_app::visit::Visit;
use regain_core::authenticator::{Asked, MatchNumber, RequestState};
use regain_core::limits::{self, Rate};
use regain_core::method::{Delivery, Method};
use regain_core::time::Timestamp;
use regain_store::{Answerer, Challenge, Device, PushRequest, Result, Tx};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::counting::Counted;
use super::limits as keys;
use super::{Asker, Checked, Left, Target};
use crate::account_key::account_lock;
use crate::browser;
use crate::engine::Engine;
use crate::messages::PushMessage;

/// What asking ends in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Asked, or asked before by the same page and still open.
    Asked(PushRequest),
    /// Another page asks at the moment; again at this time.
    TooSoon(Timestamp),
    /// Too many requests; again at this time.
    TooMany(Timestamp),
    /// Too many wrong tries; locked until then. Never told in a reset.
    Locked(Timestamp),
    /// Too many requests in one reset: it is over.
    Over,
}

/// The page that asks, as the phone shows it.
#[derive(Clone, Debug)]
pub struct AskedFrom<'a> {
    /// Its address.
    pub address: &'a str,
    /// Its browser,
    pub client: &'a str,
    /// and what that is recognised by.
    pub browser: Option<Vec<u8>>,
}

/// A phone that answers.
#[derive(Clone, Debug)]
pub struct Answering<'a> {
    /// Its device.
    pub device: &'a Device,
    address: String,
    client: &'a str,
}

impl<'a> Answering<'a> {
    /// A device's answer, from where its call comes.
    pub fn new(device: &'a Device, visit: &'a Visit) -> Self {
        Self { device, address: visit.address.to_string(), client: &visit.client }
    }

    fn row(&self) -> Answerer<'_> {
        Answerer { device: self.device.id, address: &self.address, client: self.client }
    }
}

impl Engine {
    /// Asks every authenticator of the account.
    pub async fn ask(&self, tx: &mut dyn Tx, asker: &Asker<'_>, what: Asked) -> Result<Asking> {
        let now = self.now();
        tx.lock(&account_lock(asker.account)).await?;
        let locked = self.lock_for(tx, asker).await?;
        if let (Some(until), None) = (locked, asker.flow()) {
            return Ok(Asking::Locked(until));
        }
        if self.count_request(tx, asker, None).await? {
            return Ok(Asking::Over);
        }
        // While others locked the account nobody is disturbed: the answer would not be judged.
        let asker = &Asker { user_id: asker.user_id.filter(|_| locked.is_none()), ..*asker };
        if let Some(open) = tx.open_push_request(asker.account, now).await? {
            let same = self.challenge(tx, asker.holder, asker.purpose).await?;
            let is_ours = same.is_some_and(|challenge| challenge.id == open.challenge_id);
            return Ok(if is_ours { Asking::Asked(open) } else { Asking::TooSoon(open.expires_at) });
        }
        let Rate { times, within } = limits::PUSH_SENDS;
        let counter = tx.count(&keys::pushes(asker), within, now).await?;
        if counter.count > i64::from(times) {
            return Ok(Asking::TooMany(counter.started_at.plus(within)));
        }
        let (address, browser) = (asker.visit.address.to_string(), browser::of(asker.visit));
        let from = AskedFrom { address: &address, client: &asker.visit.client, browser };
        let request = self.put_request(tx, asker, what, None, from).await?;
        if let Some(user_id) = asker.user_id
            && self.wakes_phones(tx).await?
        {
            for device in tx.devices(user_id).await?.iter().filter(|device| device.endpoint.is_some()) {
                self.enqueue_push(tx, &message(asker, device, &request)).await?;
            }
        }
        Ok(Asking::Asked(request))
    }

    /// Asks one authenticator that was just paired. It listens already, so nothing is sent.
    pub async fn ask_new(
        &self,
        tx: &mut dyn Tx,
        asker: &Asker<'_>,
        device_id: Uuid,
        from: AskedFrom<'_>,
    ) -> Result<PushRequest> {
        self.put_request(tx, asker, Asked::Register, Some(device_id), from).await
    }

    async fn put_request(
        &self,
        tx: &mut dyn Tx,
        asker: &Asker<'_>,
        what: Asked,
        device_id: Option<Uuid>,
        from: AskedFrom<'_>,
    ) -> Result<PushRequest> {
        // Any of the person's authenticators may answer; the proof will say which one did.
        let target = Target {
            method: Method::AppNotification,
            method_id: None,
            destination: None,
            delivery: Delivery::Text,
            extension: None,
        };
        let challenge = self.new_challenge(asker, &target);
        tx.add_challenge(&challenge).await?;
        let id = self.new_id();
        let number = MatchNumber::generate(&*self.entropy);
        let request = PushRequest {
            id,
            challenge_id: challenge.id,
            account: asker.account.to_owned(),
            user_id: asker.user_id,
            device_id,
            purpose: asker.purpose.as_str().to_owned(),
            asked: what.as_str().to_owned(),
            address: from.address.to_owned(),
            client: from.client.to_owned(),
            browser: from.browser,
            number: self.seal("push number", id.as_bytes(), &[number.get()]),
            state: RequestState::Open.as_str().to_owned(),
            created_at: challenge.created_at,
            expires_at: challenge.expires_at,
            answered_at: None,
            answered_by: None,
            answered_address: None,
            answered_client: None,
        };
        tx.add_push_request(&request).await?;
        Ok(request)
    }

    /// The number that the page shows.
    pub fn request_number(&self, request: &PushRequest) -> Option<u8> {
        self.open("push number", request.id.as_bytes(), &request.number)?.first().copied()
    }

    /// Judges an approval. A wrong number denies the request for good; the right one consumes its challenge.
    pub async fn check_number(
        &self,
        asker: &Asker<'_>,
        challenge: &Challenge,
        (request, answerer): (&PushRequest, &Answering<'_>),
        typed: MatchNumber,
    ) -> Result<Checked> {
        let judged = match self.count_first(asker, challenge).await? {
            Counted::Refused(refused) => return Ok(refused),
            Counted::Once { judged } => judged,
        };
        let right = judged
            & self.request_number(request).is_some_and(|number| bool::from(number.ct_eq(&typed.get())));
        if !right {
            self.deny_request(request, answerer, RequestState::Open, RequestState::Denied).await?;
            return self.count_wrong(asker, challenge, judged).await;
        }
        let proved = Challenge { method_id: answerer.device.method_id, ..challenge.clone() };
        let Checked::Right(mut tx, consumed) = self.consume(asker, &proved).await? else {
            return Ok(Checked::Dead(Left(0)));
        };
        let (from, to) = (RequestState::Open.as_str(), RequestState::Approved.as_str());
        let approved = tx.settle_push_request(request.id, from, to, &answerer.row(), self.now()).await?;
        Ok(if approved { Checked::Right(tx, consumed) } else { Checked::Dead(Left(0)) })
    }

    /// Ends a request without a proof. False when it is not in that state any more.
    pub async fn deny_request(
        &self,
        request: &PushRequest,
        answerer: &Answering<'_>,
        from: RequestState,
        to: RequestState,
    ) -> Result<bool> {
        let mut tx = self.store.write().await?;
        tx.lock(&account_lock(&request.account)).await?;
        let settled = self.settle_in(&mut *tx, request, answerer, from, to).await?;
        tx.commit().await?;
        Ok(settled)
    }

    /// The same in a transaction that holds the account's lock.
    pub async fn settle_in(
        &self,
        tx: &mut dyn Tx,
        request: &PushRequest,
        answerer: &Answering<'_>,
        from: RequestState,
        to: RequestState,
    ) -> Result<bool> {
        let now = self.now();
        tx.void_challenge(request.challenge_id, now).await?;
        tx.settle_push_request(request.id, from.as_str(), to.as_str(), &answerer.row(), now).await
    }

    /// Counts a request that nobody answered. True for the one at which its owner is told, once an hour.
    pub async fn count_unanswered(&self, tx: &mut dyn Tx, account: &str) -> Result<bool> {
        tx.lock(&account_lock(account)).await?;
        let Rate { times, within } = limits::PUSH_UNANSWERED;
        let counter = tx.count(&keys::unanswered(account), within, self.now()).await?;
        Ok(counter.count == i64::from(times))
    }

    /// What a transaction takes before it changes anything of an account's flows.
    pub async fn lock_account(&self, tx: &mut dyn Tx, account: &str) -> Result<()> {
        tx.lock(&account_lock(account)).await
    }
}

fn message<'a>(asker: &Asker<'a>, device: &Device, request: &PushRequest) -> PushMessage<'a> {
    PushMessage {
        device_id: device.id,
        request_id: request.id,
        challenge_id: request.challenge_id,
        dies_at: request.expires_at,
        locale: asker.visit.locale.tag(),
        support_code: asker.support_code,
    }
}
