//! Counting tries before they are compared, and the lock that follows.
//!
//! A try counts on the account (strangers and known browsers apart), on the account's method, on the source, on the
//! system, and on the reset itself. The reset's own count is what people see; the account's decides whether an answer is
//! judged at all. So a lock by others shows nowhere, and a name that nobody has counts down in the same way (ruling 17).

use regain_core::limits;
use regain_core::method::Method;
use regain_core::network::Source;
use regain_core::time::Timestamp;
use regain_store::{Challenge, Flow, Result, Tx, is_done};
use uuid::Uuid;

use super::limits as keys;
use super::{Asker, Checked, Left, Purpose, owner};
use crate::account_key::{account_lock, counter_prefix};
use crate::audit::{self, Build as _};
use crate::captcha::Effort;
use crate::engine::Engine;
use crate::services::{evened, of_decoy};

/// What counting a try ends in.
pub(super) enum Counted {
    /// Nothing is compared.
    Refused(Checked),
    /// It may be compared.
    Once {
        /// False where the account's tries are used up: whatever was typed is wrong.
        judged: bool,
    },
}

impl Engine {
    /// Until when recovery is locked for an account, for anybody.
    pub async fn recovery_lock(&self, tx: &mut dyn Tx, account: &str) -> Result<Option<Timestamp>> {
        let locks = tx.locks(&keys::recovery_keys(account), self.now()).await?;
        Ok(locks.into_iter().map(|(_, until)| until).max())
    }

    /// Until when the reset itself takes no more tries.
    pub async fn flow_lock(&self, tx: &mut dyn Tx, flow_id: Uuid) -> Result<Option<Timestamp>> {
        self.locked_until(tx, &keys::tries_of_flow(flow_id)).await
    }

    /// Counts a step of a reset, together with what it writes. True when there were so many that it is over: whatever a
    /// browser does, one reset writes so much and no more.
    pub async fn counts_too_many_steps(&self, tx: &mut dyn Tx, flow_id: Uuid) -> Result<bool> {
        let key = keys::steps_of_flow(flow_id);
        Ok(tx.count(&key, limits::FLOW_LIFE, self.now()).await?.count > limits::STEPS_PER_FLOW)
    }

    /// What locks answers of an account: wrong ones, of strangers and of known browsers apart, or a report.
    async fn lock_of(
        &self,
        tx: &mut dyn Tx,
        account: &str,
        purpose: Purpose,
        known_browser: bool,
    ) -> Result<Option<Timestamp>> {
        let failed = self.locked_until(tx, &keys::failed(account, purpose, known_browser)).await?;
        Ok(failed.max(self.locked_until(tx, &keys::reported(account, purpose)).await?))
    }

    /// The same for who asks.
    pub(super) async fn lock_for(&self, tx: &mut dyn Tx, asker: &Asker<'_>) -> Result<Option<Timestamp>> {
        self.lock_of(tx, asker.account, asker.purpose, asker.known_browser).await
    }

    async fn locked_until(&self, tx: &mut dyn Tx, key: &str) -> Result<Option<Timestamp>> {
        let now = self.now();
        let counter = tx.counter(key, limits::FAILED_PROOFS.within, now).await?;
        Ok(counter.and_then(|counter| counter.locked_until).filter(|until| *until > now))
    }

    /// Forgets every count and lock of an account, of strangers and known browsers: after a finished reset, or released
    /// by an administrator (R148).
    pub async fn clear_limits(&self, tx: &mut dyn Tx, account: &str) -> Result<()> {
        tx.clear_counters(&counter_prefix(account)).await?;
        Ok(())
    }

    /// Counts a try, committed.
    pub(super) async fn count_first(&self, asker: &Asker<'_>, challenge: &Challenge) -> Result<Counted> {
        let now = self.now();
        // The request ran into another one after this, and is done again.
        let once = format!("count {}", challenge.id);
        if is_done(&once) {
            let judged = self.lock_for(&mut *self.store.read().await?, asker).await?.is_none();
            return Ok(Counted::Once { judged });
        }
        let mut tx = self.store.write().await?;
        tx.lock(&account_lock(asker.account)).await?;
        if let Some(until) = self.holder_lock(&mut *tx, asker).await? {
            return Ok(Counted::Refused(Checked::Locked(until)));
        }
        if tx.count_try(challenge.id, i64::from(limits::WRONG_PER_CODE), now).await?.is_none() {
            let left = self.left_of_holder(&mut *tx, asker).await?;
            return Ok(Counted::Refused(Checked::Dead(left)));
        }
        if self.count_on_flow(&mut *tx, asker).await? > i64::from(limits::WRONG_PER_FLOW) {
            // As many are being judged at this moment.
            return Ok(Counted::Refused(Checked::Dead(Left(0))));
        }
        let mut judged = self.lock_for(&mut *tx, asker).await?.is_none();
        let over = judged && self.count_everywhere(&mut *tx, asker, &challenge.method).await?;
        self.count_on_source(&mut *tx, asker).await?;
        if over {
            let until = self.lock(&mut *tx, asker).await?;
            if asker.flow().is_none() {
                tx.commit().await?;
                return Ok(Counted::Refused(Checked::Locked(until)));
            }
            judged = false;
        }
        self.tell_of_attack(&mut *tx, asker).await?;
        tx.commit_once(&once).await?;
        Ok(Counted::Once { judged })
    }

    /// The lock that who asks is told of: of the reset; of the account, for who is signed in.
    async fn holder_lock(&self, tx: &mut dyn Tx, asker: &Asker<'_>) -> Result<Option<Timestamp>> {
        match asker.flow() {
            Some(id) => self.flow_lock(tx, id).await,
            None => self.lock_for(tx, asker).await,
        }
    }

    /// How often the reset was tried, this one included. Who is signed in counts on the account alone.
    async fn count_on_flow(&self, tx: &mut dyn Tx, asker: &Asker<'_>) -> Result<i64> {
        let Some(id) = asker.flow() else { return Ok(0) };
        let key = keys::tries_of_flow(id);
        Ok(tx.count(&key, limits::FLOW_LIFE, self.now()).await?.count)
    }

    async fn count_on_source(&self, tx: &mut dyn Tx, asker: &Asker<'_>) -> Result<()> {
        let now = self.now();
        let source = keys::failed_by_source(asker.visit.address);
        tx.count_recent(&source, limits::FAILED_PROOFS_BY_SOURCE.within, now).await?;
        tx.count_recent(keys::SYSTEM_FAILED, limits::SYSTEM_FAILED_PROOFS.within, now).await?;
        Ok(())
    }

    /// True when the account had too many before.
    async fn count_everywhere(&self, tx: &mut dyn Tx, asker: &Asker<'_>, method: &str) -> Result<bool> {
        let now = self.now();
        let mut over = false;
        for (key, rate) in Self::counted_on_account(asker, method) {
            over |= tx.count_recent(&key, rate.within, now).await? > i64::from(rate.times);
        }
        Ok(over)
    }

    fn counted_on_account(asker: &Asker<'_>, method: &str) -> [(String, limits::Rate); 2] {
        let failed = keys::failed(asker.account, asker.purpose, asker.known_browser);
        [
            (failed, limits::FAILED_PROOFS),
            (keys::failed_by_method(asker, method), limits::FAILED_PROOFS_BY_METHOD),
        ]
    }

    /// Counts a failure that no code stands for, such as a number that is not the person's: locked, or how many tries
    /// are left.
    pub async fn count_failure(&self, asker: &Asker<'_>, method: Method) -> Result<Checked> {
        let mut tx = self.store.write().await?;
        tx.lock(&account_lock(asker.account)).await?;
        if let Some(until) = self.holder_lock(&mut *tx, asker).await? {
            return Ok(Checked::Locked(until));
        }
        self.count_on_flow(&mut *tx, asker).await?;
        let judged = self.lock_for(&mut *tx, asker).await?.is_none();
        if judged {
            self.count_everywhere(&mut *tx, asker, method.as_str()).await?;
        }
        self.count_on_source(&mut *tx, asker).await?;
        let locked = self.lock_if_over(&mut *tx, asker, judged).await?;
        let left = self.left_of_holder(&mut *tx, asker).await?;
        tx.commit().await?;
        Ok(locked.map_or(Checked::Wrong(left), Checked::Locked))
    }

    /// The try was no failure: it was right, or nothing was judged.
    pub(super) async fn uncount(
        &self,
        tx: &mut dyn Tx,
        asker: &Asker<'_>,
        challenge: &Challenge,
        judged: bool,
    ) -> Result<()> {
        let now = self.now();
        if judged {
            for (key, rate) in Self::counted_on_account(asker, &challenge.method) {
                tx.uncount_recent(&key, rate.within, now).await?;
            }
        }
        if let Some(id) = asker.flow() {
            tx.uncount(&keys::tries_of_flow(id)).await?;
        }
        let source = keys::failed_by_source(asker.visit.address);
        tx.uncount_recent(&source, limits::FAILED_PROOFS_BY_SOURCE.within, now).await?;
        tx.uncount_recent(keys::SYSTEM_FAILED, limits::SYSTEM_FAILED_PROOFS.within, now).await
    }

    async fn has_failed_too_often(&self, tx: &mut dyn Tx, asker: &Asker<'_>) -> Result<bool> {
        let key = keys::failed(asker.account, asker.purpose, asker.known_browser);
        let rate = limits::FAILED_PROOFS;
        Ok(tx.recent(&key, rate.within, self.now()).await? >= i64::from(rate.times))
    }

    /// The machine was too busy to compare, or the code was right before: that is nobody's failure.
    pub(super) async fn forgive(&self, asker: &Asker<'_>, challenge: &Challenge, judged: bool) -> Result<()> {
        let mut tx = self.write_locked(asker).await?;
        tx.uncount_try(challenge.id).await?;
        self.uncount(&mut *tx, asker, challenge, judged).await?;
        tx.commit().await
    }

    /// The try was wrong: the fifth in a day locks (R145), the fifth of a reset ends it.
    pub(super) async fn count_wrong(
        &self,
        asker: &Asker<'_>,
        challenge: &Challenge,
        judged: bool,
    ) -> Result<Checked> {
        let now = self.now();
        let mut tx = self.store.write().await?;
        tx.lock(&account_lock(asker.account)).await?;
        if let Some(until) = self.lock_if_over(&mut *tx, asker, judged).await? {
            tx.commit().await?;
            return Ok(Checked::Locked(until));
        }
        let open = tx.challenge_is_open(challenge.id, now).await?;
        let row = tx.challenge_by_id(challenge.id).await?;
        let of_code = row.map_or(0, |row| i64::from(limits::WRONG_PER_CODE) - row.attempts);
        let Left(of_holder) = self.left_of_holder(&mut *tx, asker).await?;
        tx.commit().await?;
        Ok(if open && of_code > 0 {
            Checked::Wrong(Left(of_holder.min(of_code)))
        } else {
            Checked::Dead(Left(of_holder))
        })
    }

    /// Locks what has no try left. `Some`: who asks is told so.
    async fn lock_if_over(
        &self,
        tx: &mut dyn Tx,
        asker: &Asker<'_>,
        judged: bool,
    ) -> Result<Option<Timestamp>> {
        let mut locked = None;
        if judged && self.has_failed_too_often(tx, asker).await? {
            locked = Some(self.lock(tx, asker).await?);
        }
        let Some(id) = asker.flow() else { return Ok(locked) };
        if self.left_of_holder(tx, asker).await?.0 > 0 {
            return Ok(None);
        }
        let (now, key) = (self.now(), keys::tries_of_flow(id));
        tx.lock_counter(&key, now.plus(limits::RECOVERY_LOCK), now).await?;
        self.flow_lock(tx, id).await
    }

    /// How many tries the reset, or who is signed in, has left.
    pub(super) async fn left_of_holder(&self, tx: &mut dyn Tx, asker: &Asker<'_>) -> Result<Left> {
        let now = self.now();
        let tried = match asker.flow() {
            Some(id) => {
                let counter = tx.counter(&keys::tries_of_flow(id), limits::FLOW_LIFE, now).await?;
                counter.map_or(0, |counter| counter.count)
            }
            None => {
                let key = keys::failed(asker.account, asker.purpose, asker.known_browser);
                tx.recent(&key, limits::FAILED_PROOFS.within, now).await?
            }
        };
        Ok(Left((i64::from(limits::WRONG_PER_FLOW) - tried).max(0)))
    }

    /// Locks recovery (or registering, or step-up) for a day, tells the owner, at most once a day, and writes it down.
    pub(super) async fn lock(&self, tx: &mut dyn Tx, asker: &Asker<'_>) -> Result<Timestamp> {
        let now = self.now();
        let key = keys::failed(asker.account, asker.purpose, asker.known_browser);
        if let Some(until) = self.locked_until(tx, &key).await? {
            return Ok(until);
        }
        let until = now.plus(limits::RECOVERY_LOCK);
        // The lock lasts as long as failures count: after it they count no more.
        tx.clear_counters(&key).await?;
        tx.lock_counter(&key, until, now).await?;
        let record = audit::success(audit::service::PASSWORD, audit::activity::BLOCKED)
            .because(asker.purpose.locked_reason());
        let record = match self.flow_of_decoy(tx, asker).await? {
            Some(flow) => of_decoy(&flow, record),
            None => record,
        };
        let mut record = record.seen(self, asker.visit).in_flow(asker.support_code);
        // For a name that nobody has this finds nobody, and takes as long.
        if let Some(user) = tx.user(asker.user_id.unwrap_or_default()).await? {
            record = record.to(&user);
        }
        let (told, rate) = (keys::told_of_lock(asker.account), limits::LOCK_MAILS);
        if tx.count(&told, rate.within, now).await?.count <= i64::from(rate.times) {
            owner::enqueue(self, tx, asker).await?;
        }
        tx.append(&evened(record)).await?;
        Ok(until)
    }

    /// The flow of a name that nobody has, or of somebody who may not reset.
    async fn flow_of_decoy(&self, tx: &mut dyn Tx, asker: &Asker<'_>) -> Result<Option<Flow>> {
        match asker.flow().filter(|_| asker.user_id.is_none()) {
            Some(id) => tx.flow_by_id(id).await,
            None => Ok(None),
        }
    }

    /// Locks because somebody said that it was not them, whatever was tried. Who is told is the caller's to say.
    pub async fn lock_reported(&self, tx: &mut dyn Tx, account: &str, purpose: Purpose) -> Result<()> {
        let now = self.now();
        let key = keys::reported(account, purpose);
        tx.lock_counter(&key, now.plus(limits::RECOVERY_LOCK), now).await?;
        Ok(())
    }

    /// Counts a try of a source that tries no account, before it is looked at: what it costs, if the source failed very
    /// often.
    pub async fn count_try_of_source(&self, tx: &mut dyn Tx, source: Source) -> Result<Option<Effort>> {
        let rate = limits::FAILED_PROOFS_BY_SOURCE;
        let tries = tx.count_recent(&keys::failed_by_source(source), rate.within, self.now()).await?;
        Ok(Effort::beyond(tries - 1, rate.times))
    }

    /// The try was no failure: it was right, or not paid for and so not looked at.
    pub async fn uncount_try_of_source(&self, tx: &mut dyn Tx, source: Source) -> Result<()> {
        let within = limits::FAILED_PROOFS_BY_SOURCE.within;
        tx.uncount_recent(&keys::failed_by_source(source), within, self.now()).await
    }

    /// What this source pays before an answer of it is looked at, if it failed very often.
    pub async fn price_of_source(&self, tx: &mut dyn Tx, source: Source) -> Result<Option<Effort>> {
        let rate = limits::FAILED_PROOFS_BY_SOURCE;
        let key = keys::failed_by_source(source);
        Ok(Effort::beyond(tx.recent(&key, rate.within, self.now()).await?, rate.times))
    }
}
