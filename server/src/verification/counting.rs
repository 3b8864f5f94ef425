//! Counting tries before they are compared, and the lock that follows.

use regain_core::limits;
use regain_core::method::Method;
use regain_core::network::Source;
use regain_core::time::Timestamp;
use regain_store::{Challenge, Result, Tx};

use super::limits as keys;
use super::{Asker, Checked, Purpose};
use crate::account_key::{account_lock, counter_prefix};
use crate::audit::{self, Build as _};
use crate::engine::Engine;
use crate::messages::Notice;
use crate::person::Person;

impl Engine {
    /// Until when recovery is locked for an account.
    pub async fn recovery_lock(&self, tx: &mut dyn Tx, account: &str) -> Result<Option<Timestamp>> {
        self.lock_of(tx, account, Purpose::Recovery).await
    }

    pub(super) async fn lock_of(
        &self,
        tx: &mut dyn Tx,
        account: &str,
        purpose: Purpose,
    ) -> Result<Option<Timestamp>> {
        let now = self.now();
        let key = keys::failed(account, purpose);
        let counter = tx.counter(&key, limits::FAILED_PROOFS.within, now).await?;
        Ok(counter.and_then(|counter| counter.locked_until).filter(|until| *until > now))
    }

    /// Forgets every count and lock of an account: after a finished reset, or released by an administrator (R148).
    pub async fn clear_limits(&self, tx: &mut dyn Tx, account: &str) -> Result<()> {
        tx.clear_counters(&counter_prefix(account)).await?;
        Ok(())
    }

    /// Counts a try, committed. `None`: it may be compared.
    pub(super) async fn count_first(
        &self,
        asker: &Asker<'_>,
        challenge: &Challenge,
    ) -> Result<Option<Checked>> {
        let now = self.now();
        let mut tx = self.store.write().await?;
        tx.lock(&account_lock(asker.account)).await?;
        if let Some(until) = self.lock_of(&mut *tx, asker.account, asker.purpose).await? {
            return Ok(Some(Checked::Locked(until)));
        }
        if tx.count_try(challenge.id, i64::from(limits::WRONG_PER_CODE), now).await?.is_none() {
            return Ok(Some(Checked::Dead));
        }
        let over = self.count_everywhere(&mut *tx, asker, &challenge.method).await?;
        if over {
            let until = self.lock(&mut *tx, asker).await?;
            tx.commit().await?;
            return Ok(Some(Checked::Locked(until)));
        }
        self.tell_of_attack(&mut *tx, asker).await?;
        tx.commit().await?;
        Ok(None)
    }

    async fn count_everywhere(&self, tx: &mut dyn Tx, asker: &Asker<'_>, method: &str) -> Result<bool> {
        let now = self.now();
        let mut over = false;
        for (key, rate) in [
            (keys::failed(asker.account, asker.purpose), limits::FAILED_PROOFS),
            (keys::failed_by_method(asker, method), limits::FAILED_PROOFS_BY_METHOD),
        ] {
            over |= tx.count_recent(&key, rate.within, now).await? > i64::from(rate.times);
        }
        let source = keys::failed_by_source(asker.visit.address);
        tx.count_recent(&source, limits::FAILED_PROOFS_BY_SOURCE.within, now).await?;
        tx.count_recent(keys::SYSTEM_FAILED, limits::SYSTEM_FAILED_PROOFS.within, now).await?;
        Ok(over)
    }

    /// Counts a failure that no code stands for, such as a number that is not the person's. `Some`: locked until then.
    pub async fn count_failure(&self, asker: &Asker<'_>, method: Method) -> Result<Option<Timestamp>> {
        let mut tx = self.store.write().await?;
        tx.lock(&account_lock(asker.account)).await?;
        let mut until = self.lock_of(&mut *tx, asker.account, asker.purpose).await?;
        if until.is_none() {
            self.count_everywhere(&mut *tx, asker, method.as_str()).await?;
            if self.has_failed_too_often(&mut *tx, asker).await? {
                until = Some(self.lock(&mut *tx, asker).await?);
            }
        }
        tx.commit().await?;
        Ok(until)
    }

    /// The try was right: it does not count as a failure.
    pub(super) async fn uncount(
        &self,
        tx: &mut dyn Tx,
        asker: &Asker<'_>,
        challenge: &Challenge,
    ) -> Result<()> {
        let now = self.now();
        for (key, rate) in [
            (keys::failed(asker.account, asker.purpose), limits::FAILED_PROOFS),
            (keys::failed_by_method(asker, &challenge.method), limits::FAILED_PROOFS_BY_METHOD),
            (keys::failed_by_source(asker.visit.address), limits::FAILED_PROOFS_BY_SOURCE),
            (keys::SYSTEM_FAILED.to_owned(), limits::SYSTEM_FAILED_PROOFS),
        ] {
            tx.uncount_recent(&key, rate.within, now).await?;
        }
        Ok(())
    }

    async fn has_failed_too_often(&self, tx: &mut dyn Tx, asker: &Asker<'_>) -> Result<bool> {
        let (key, rate) = (keys::failed(asker.account, asker.purpose), limits::FAILED_PROOFS);
        Ok(tx.recent(&key, rate.within, self.now()).await? >= i64::from(rate.times))
    }

    /// The machine was too busy to compare: that is nobody's failure.
    pub(super) async fn forgive(&self, asker: &Asker<'_>, challenge: &Challenge) -> Result<()> {
        let mut tx = self.write_locked(asker).await?;
        tx.uncount_try(challenge.id).await?;
        self.uncount(&mut *tx, asker, challenge).await?;
        tx.commit().await
    }

    /// The try was wrong: the fifth in a day locks (R145).
    pub(super) async fn count_wrong(&self, asker: &Asker<'_>, challenge: &Challenge) -> Result<Checked> {
        let now = self.now();
        let mut tx = self.store.write().await?;
        tx.lock(&account_lock(asker.account)).await?;
        if self.has_failed_too_often(&mut *tx, asker).await? {
            let until = self.lock(&mut *tx, asker).await?;
            tx.commit().await?;
            return Ok(Checked::Locked(until));
        }
        let open = tx.challenge_is_open(challenge.id, now).await?;
        let tries =
            self.challenge(&mut *tx, asker.holder, asker.purpose).await?.map_or(0, |row| row.attempts);
        let spent = tries >= i64::from(limits::WRONG_PER_CODE);
        Ok(if open && !spent { Checked::Wrong } else { Checked::Dead })
    }

    /// Locks recovery (or registering, or step-up) for a day, tells the owner once, and writes it down.
    pub(super) async fn lock(&self, tx: &mut dyn Tx, asker: &Asker<'_>) -> Result<Timestamp> {
        let now = self.now();
        if let Some(until) = self.lock_of(tx, asker.account, asker.purpose).await? {
            return Ok(until);
        }
        let until = now.plus(limits::RECOVERY_LOCK);
        // The lock lasts as long as failures count: after it they count no more.
        let key = keys::failed(asker.account, asker.purpose);
        tx.clear_counters(&key).await?;
        tx.lock_counter(&key, until, now).await?;
        let mut record = audit::success(audit::service::PASSWORD, audit::activity::BLOCKED)
            .seen(self, asker.visit)
            .in_flow(asker.support_code)
            .because(asker.purpose.locked_reason());
        if let Some(user_id) = asker.user_id
            && let Some(person) = Person::load(self, tx, user_id).await?
        {
            record = record.to(&person.user);
            self.enqueue_notice(
                tx,
                &Notice {
                    to: &person.notice_addresses(),
                    template: "notice-recovery-locked",
                    params: &[("name", person.user.display_name.clone())],
                    locale: person.user.locale.as_deref().unwrap_or("en"),
                    support_code: asker.support_code,
                },
            )
            .await?;
        }
        tx.append(&record).await?;
        Ok(until)
    }

    /// Locks because somebody said that it was not them, whatever was tried. Who is told is the caller's to say.
    pub async fn lock_reported(&self, tx: &mut dyn Tx, account: &str, purpose: Purpose) -> Result<()> {
        let now = self.now();
        let key = keys::failed(account, purpose);
        tx.clear_counters(&key).await?;
        tx.lock_counter(&key, now.plus(limits::RECOVERY_LOCK), now).await?;
        Ok(())
    }

    /// Counts a failure of a source that tried no account.
    pub async fn count_source_failure(&self, source: Source) -> Result<()> {
        let mut tx = self.store.write().await?;
        let key = keys::failed_by_source(source);
        tx.count_recent(&key, limits::FAILED_PROOFS_BY_SOURCE.within, self.now()).await?;
        tx.commit().await
    }

    /// Whether this source failed too often to be listened to for now.
    pub async fn source_is_blocked(&self, tx: &mut dyn Tx, source: Source) -> Result<bool> {
        let rate = limits::FAILED_PROOFS_BY_SOURCE;
        let key = keys::failed_by_source(source);
        Ok(tx.recent(&key, rate.within, self.now()).await? >= i64::from(rate.times))
    }
}
