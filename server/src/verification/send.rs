//! Sending a code: how often, where to, and what is stored of it.

use regain_core::code::{CodeLength, OneTimeCode};
use regain_core::contact::PhoneNumber;
use regain_core::limits::{self, Rate};
use regain_core::method::{Delivery, Method};
use regain_core::time::{Duration, Timestamp};
use regain_store::{Challenge, Result, Tx};
use uuid::Uuid;

use super::limits as keys;
use super::{Asker, Purpose};
use crate::account_key::account_lock;
use crate::engine::Engine;
use crate::messages::{Channel, CodeMessage};

/// What is to be proved: a method, and where its code goes. From rows, never from a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Which method.
    pub method: Method,
    /// The registered method's row, if it has one.
    pub method_id: Option<Uuid>,
    /// Address, or number in E.164.
    pub destination: Option<String>,
    /// How a code reaches a phone; of no matter for anything else.
    pub delivery: Delivery,
    /// The extension that was typed with a number which is not registered yet.
    pub extension: Option<String>,
}

impl Target {
    /// The way its code goes, and how long the code is.
    fn channel(&self) -> (Channel, CodeLength) {
        match (self.method, self.delivery) {
            (Method::Email, _) => (Channel::Email, CodeLength::Eight),
            (Method::MobilePhone, Delivery::Text) => (Channel::Sms, CodeLength::Six),
            // Nothing is sent for those behind the phones.
            (Method::MobilePhone, Delivery::Call)
            | (
                Method::OfficePhone
                | Method::Passkey
                | Method::AppNotification
                | Method::AppCode
                | Method::RecoveryCode
                | Method::SecurityQuestions,
                _,
            ) => (Channel::Voice, CodeLength::Six),
        }
    }

    /// Which of three messages goes that way.
    pub fn template<'a>(&self, mail: &'a str, text: &'a str, call: &'a str) -> &'a str {
        match self.channel().0 {
            Channel::Sms => text,
            Channel::Voice => call,
            Channel::Email | Channel::Push => mail,
        }
    }
}

/// What asking for a code ends in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// It is on its way. An older one of the same holder works no more.
    Sent(Challenge),
    /// Not so soon; again at this time. The older code still works.
    TooSoon(Timestamp),
    /// Too many codes; again at this time at the earliest.
    TooMany(Timestamp),
    /// Too many wrong tries; locked until then. Never told in a reset.
    Locked(Timestamp),
    /// Too many requests in one reset: it is over.
    Over,
}

impl Engine {
    /// Makes a code, stores its keyed hash, and writes its message. `template` is the message's name; the code, the
    /// minutes it lives and the organisation are added when it is rendered. A decoy's message goes to nobody.
    pub async fn send_code(
        &self,
        tx: &mut dyn Tx,
        asker: &Asker<'_>,
        target: &Target,
        template: &str,
        params: &[(&str, String)],
    ) -> Result<Sending> {
        tx.lock(&account_lock(asker.account)).await?;
        let locked = self.lock_for(tx, asker).await?;
        if let (Some(until), None) = (locked, asker.flow()) {
            return Ok(Sending::Locked(until));
        }
        if let Some(refused) = self.refuse_sending(tx, asker, target).await? {
            return Ok(refused);
        }
        let overrun = self.overruns_destination(tx, asker, target).await?;
        if let (Some(again), false) = (overrun, asker.purpose == Purpose::Recovery) {
            return Ok(Sending::TooMany(again));
        }
        let (channel, length) = target.channel();
        let code = OneTimeCode::generate(&*self.entropy, length);
        let mut challenge = self.new_challenge(asker, target);
        challenge.mac = Some(self.code_mac(&challenge, code.expose()));
        tx.add_challenge(&challenge).await?;
        self.begin_gap(tx, asker, target.method).await?;
        // Who resets is not told that other accounts used the address up: that would say whose it is. Nor that others
        // locked the account: what they are sent would not be judged.
        let may_leave = asker.user_id.is_some() && overrun.is_none() && locked.is_none();
        let extension = self.extension_of(tx, asker, target).await?;
        let extension = extension.map(|digits| ("extension", digits));
        let params: Vec<_> = params.iter().cloned().chain(extension).collect();
        let message = CodeMessage {
            channel,
            to: challenge.destination.as_deref().filter(|_| may_leave),
            template,
            params: &params,
            code: code.expose(),
            challenge_id: challenge.id,
            dies_at: challenge.expires_at,
            locale: asker.visit.locale.tag(),
            support_code: asker.support_code,
        };
        self.enqueue_code(tx, &message).await?;
        Ok(Sending::Sent(challenge))
    }

    /// What is dialled behind an office number: no part of the line, so it never decides anything.
    async fn extension_of(
        &self,
        tx: &mut dyn Tx,
        asker: &Asker<'_>,
        target: &Target,
    ) -> Result<Option<String>> {
        if target.method != Method::OfficePhone {
            return Ok(None);
        }
        if let Some(typed) = &target.extension {
            return Ok(Some(typed.clone()));
        }
        if let Some(id) = target.method_id {
            return tx.extension(id).await;
        }
        // For a name that nobody has this finds nobody, and takes as long.
        let user = tx.user(asker.user_id.unwrap_or_default()).await?;
        let entered = user.and_then(|user| user.office_phone);
        let number = entered.and_then(|entered| PhoneNumber::parse_stored(&entered).ok());
        Ok(number.and_then(|number| number.extension().map(ToOwned::to_owned)))
    }

    /// When the next code may be asked for, in this flow or any other of the account (ruling 9).
    pub async fn next_send_at(
        &self,
        tx: &mut dyn Tx,
        asker: &Asker<'_>,
        method: Method,
    ) -> Result<Option<Timestamp>> {
        let now = self.now();
        let gap = tx.counter(&keys::gap(asker, method), Duration::ZERO, now).await?;
        Ok(gap.and_then(|gap| gap.locked_until).filter(|again| *again > now))
    }

    /// The next code has to wait, longer each time.
    async fn begin_gap(&self, tx: &mut dyn Tx, asker: &Asker<'_>, method: Method) -> Result<()> {
        let now = self.now();
        let counter = tx.counter(&keys::sends(asker, method, "short"), short(method).within, now).await?;
        let sent = u32::try_from(counter.map_or(1, |counter| counter.count)).unwrap_or(u32::MAX);
        tx.lock_counter(&keys::gap(asker, method), now.plus(limits::resend_gap(sent.max(1))), now).await
    }

    /// The next code need not wait: it goes elsewhere than the last one. The caller holds the account's lock.
    pub async fn end_gap(&self, tx: &mut dyn Tx, asker: &Asker<'_>, method: Method) -> Result<()> {
        tx.clear_counter(&keys::gap(asker, method)).await
    }

    async fn refuse_sending(
        &self,
        tx: &mut dyn Tx,
        asker: &Asker<'_>,
        target: &Target,
    ) -> Result<Option<Sending>> {
        let now = self.now();
        let method = target.method;
        if self.count_request(tx, asker, target.destination.as_deref()).await? {
            return Ok(Some(Sending::Over));
        }
        if let Some(again) = self.next_send_at(tx, asker, method).await? {
            return Ok(Some(Sending::TooSoon(again)));
        }
        for (window, rate) in [("short", short(method)), ("day", daily(method))] {
            let counter = tx.count(&keys::sends(asker, method, window), rate.within, now).await?;
            if counter.count > i64::from(rate.times) {
                return Ok(Some(Sending::TooMany(counter.started_at.plus(rate.within))));
            }
        }
        if target.channel().0 == Channel::Voice {
            let rate = limits::CALLS;
            let counter = tx.count(&keys::sends(asker, method, "calls"), rate.within, now).await?;
            if counter.count > i64::from(rate.times) {
                return Ok(Some(Sending::TooMany(counter.started_at.plus(rate.within))));
            }
        }
        Ok(None)
    }

    /// Until when the address or number gets no more codes, whichever accounts asked for them.
    async fn overruns_destination(
        &self,
        tx: &mut dyn Tx,
        asker: &Asker<'_>,
        target: &Target,
    ) -> Result<Option<Timestamp>> {
        let hashed = self.place(asker, target.destination.as_deref());
        let stopped = keys::destination(asker, &hashed, "stopped");
        let stopped = tx.counter(&stopped, Duration::ZERO, self.now()).await?;
        let mut until = stopped.and_then(|counter| counter.locked_until);
        for (window, rate) in [("short", short(target.method)), ("day", daily(target.method))] {
            let counter =
                tx.count(&keys::destination(asker, &hashed, window), rate.within, self.now()).await?;
            if counter.count > i64::from(rate.times) {
                until = until.max(Some(counter.started_at.plus(rate.within)));
            }
        }
        Ok(until)
    }

    /// Counts a request for a code, whether or not one leaves. True for the tenth of a reset in ten minutes, which ends
    /// it; nothing more goes to that place for as long again (R147). It locks nothing.
    pub(super) async fn count_request(
        &self,
        tx: &mut dyn Tx,
        asker: &Asker<'_>,
        destination: Option<&str>,
    ) -> Result<bool> {
        let Some(flow_id) = asker.flow() else { return Ok(false) };
        let (rate, now) = (limits::CODE_REQUESTS, self.now());
        let counter = tx.count(&keys::requests_of_flow(flow_id), rate.within, now).await?;
        if counter.count < i64::from(rate.times) {
            return Ok(false);
        }
        let stopped = keys::destination(asker, &self.place(asker, destination), "stopped");
        tx.lock_counter(&stopped, now.plus(rate.within), now).await?;
        Ok(true)
    }

    /// Where a code goes, as counters name it; a decoy's goes nowhere, and counts on its name.
    fn place(&self, asker: &Asker<'_>, destination: Option<&str>) -> String {
        self.keys.subject("destination", destination.unwrap_or(asker.account))
    }
}

fn short(method: Method) -> Rate {
    if method == Method::Email { limits::EMAIL_SENDS } else { limits::PHONE_SENDS }
}

fn daily(method: Method) -> Rate {
    if method == Method::Email { limits::EMAIL_SENDS_DAILY } else { limits::PHONE_SENDS_DAILY }
}
