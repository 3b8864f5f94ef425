//! Trying a password, at sign-in and before a change: counted first, compared second (R177 to R182, T153).
//!
//! A name that does not exist is counted, locked and compared like one that does, in the same time.

mod pass;

use regain_app::outcome::Failure;
use regain_app::visit::Visit;
use regain_core::limits::{self, Rate};
use regain_core::lockout::{Attempt, Fingerprint, Lockout};
use regain_core::password::normalize;
use regain_core::password::profile::MAX_BYTES;
use regain_core::secret::Secret;
use regain_core::time::Timestamp;
use regain_directory::{HashError, Place, Verdict};
use regain_store::{Error, Password, Result, Tx, User};
use uuid::Uuid;

use crate::account_key::{account_lock, counter_key, key_of_name};
use crate::captcha::Effort;
use crate::engine::Engine;
use crate::password_protection;
use crate::passwords::SIGN_IN_COUNTER;
use crate::place::{FAMILIAR, place_of};
use crate::services::{failure, hash_failure};

pub use pass::{RightPass, TriedPass};

/// What trying a password ends in.
pub enum Tried {
    /// It is the password. Nothing is settled before [`Engine::settle`].
    Right(Box<RightPassword>),
    /// It is not, or there is no such account, or the account is blocked.
    Wrong(Wrong),
    /// Nothing was compared. The account, for the audit log alone, and when to try again.
    Locked(Option<User>, Timestamp),
}

/// A guess that was wrong, for the audit log alone.
pub struct Wrong {
    /// Whose password it would have been.
    pub user: Option<User>,
    /// Whether nothing new was judged: the same guess was wrong just before (R180), or nobody's password is so long.
    pub again: bool,
}

/// A password that was right at the time of comparing.
pub struct RightPassword {
    /// Whose.
    pub user: User,
    /// The row it was compared with.
    pub password: Password,
    /// The same password under today's cost, where the row is weaker.
    stronger: Option<String>,
    subject: Subject,
    counted: Counted,
}

impl RightPassword {
    /// The account's name in counters.
    pub fn account(&self) -> &str {
        &self.subject.account
    }
}

/// Whose counters an attempt is counted on.
struct Subject {
    /// What is tried: the same characters are another guess as a password than as a pass.
    what: &'static str,
    account: String,
    /// `familiar` or `unfamiliar`.
    kind: &'static str,
    /// `None` where nobody can tell from where: such a place never becomes familiar.
    place: Option<String>,
    source: String,
    user: Option<User>,
    password: Option<Password>,
}

/// How an attempt was counted.
enum Counting {
    Locked(Timestamp),
    Counted(Counted),
}

/// What an attempt was counted on.
enum Counted {
    /// The account, whose lockout was the first and is the second, and the source.
    Everywhere(Box<(Lockout, Lockout)>),
    /// The source alone: a password that is repeated is no further guess, but costs a hash all the same.
    Source,
}

impl Counted {
    const fn is_again(&self) -> bool {
        matches!(self, Self::Source)
    }
}

impl Engine {
    /// Tries `password` for the account whose canonical name is `key`.
    pub async fn try_password(
        &self,
        visit: &Visit,
        key: &str,
        password: &Secret,
    ) -> std::result::Result<Tried, Failure> {
        // First of all: under a flood who cannot be served costs no query, and nothing is counted for nothing.
        let place = self.hasher.reserve().map_err(hash_failure)?;
        let subject = Subject::load(self, visit, key).await.map_err(failure)?;
        if password.expose().len() > MAX_BYTES {
            // Nobody's password: not worth a hash.
            return Ok(Tried::Wrong(Wrong { user: subject.user, again: true }));
        }
        let counting = subject.count(self, password).await.map_err(failure)?;
        let counted = match counting {
            Counting::Locked(until) => return Ok(Tried::Locked(subject.user, until)),
            Counting::Counted(counted) => counted,
        };
        let verdict = match subject.compare(&place, password).await {
            Ok(verdict) => verdict,
            Err(error) => {
                subject.forgive(self, &counted).await.map_err(failure)?;
                return Err(hash_failure(error));
            }
        };
        let (true, Some(user), Some(row)) = (verdict != Verdict::Wrong, &subject.user, &subject.password)
        else {
            return Ok(Tried::Wrong(Wrong { user: subject.user, again: counted.is_again() }));
        };
        let stronger = match verdict {
            Verdict::RightButWeak => self.hasher.hash(password, self.new_salt()).await.ok(),
            _ => None,
        };
        let (user, password) = (user.clone(), row.clone());
        Ok(Tried::Right(Box::new(RightPassword { user, password, stronger, subject, counted })))
    }

    /// What this source pays before a password is looked at, if it failed very often.
    pub async fn price_of_sign_in(&self, tx: &mut dyn Tx, visit: &Visit) -> Result<Option<Effort>> {
        let rate = limits::FAILED_SIGN_INS_BY_SOURCE;
        let failed = tx.counter(&source_of(visit), rate.within, self.now()).await?;
        Ok(Effort::beyond(failed.map_or(0, |counter| counter.count), rate.times))
    }

    /// Writes down that the password was right: its failures are forgotten, its hash is brought up to date. False when
    /// the account was blocked or its password changed meanwhile: then it was not right after all. A stronger verifier
    /// of the same password, which a job or another sign-in wrote meanwhile, is no change. Takes the account's lock.
    pub async fn settle(&self, tx: &mut dyn Tx, right: &RightPassword) -> Result<bool> {
        let (user_id, subject) = (right.user.id, &right.subject);
        tx.lock(&account_lock(&subject.account)).await?;
        let stands = tx.user(user_id).await?.is_some_and(|user| !user.blocked);
        let same = tx.password(user_id).await?.is_some_and(|row| row.is_same(&right.password));
        if !stands || !same {
            return Ok(false);
        }
        subject.write_lockout(tx, &Lockout::default(), self.now()).await?;
        subject.uncount(tx, &right.counted).await?;
        if let Some(verifier) = right.stronger.clone() {
            let stronger = Password { verifier, imported: false, ..right.password.clone() };
            tx.upgrade_password(user_id, &right.password.verifier, &stronger).await?;
        }
        Ok(true)
    }

    /// Remembers that the person signed in from here.
    pub async fn remember_place(&self, tx: &mut dyn Tx, right: &RightPassword) -> Result<()> {
        match &right.subject.place {
            Some(place) => tx.remember_place(right.user.id, place, self.now()).await,
            None => Ok(()),
        }
    }
}

fn source_of(visit: &Visit) -> String {
    format!("source:{}:sign-in", visit.address.key())
}

impl Subject {
    /// The same queries for every name.
    async fn load(engine: &Engine, visit: &Visit, key: &str) -> Result<Self> {
        let mut tx = engine.store.read().await?;
        let user = tx.user_by_key(key).await?;
        let id = user.as_ref().map_or(Uuid::nil(), |user| user.id);
        let password = tx.password(id).await?;
        let place = place_of(&engine.keys, visit.address);
        let named = place.as_deref().unwrap_or_default();
        let familiar = tx.knows_place(id, named, engine.now().minus(FAMILIAR)).await?;
        Ok(Self {
            what: "sign-in",
            account: key_of_name(&engine.keys, key, user.is_some()),
            kind: if familiar { "familiar" } else { "unfamiliar" },
            place,
            source: source_of(visit),
            user,
            password,
        })
    }

    /// Counts the attempt as a failure, in a transaction of its own, committed before anything is compared.
    async fn count(&self, engine: &Engine, password: &Secret) -> Result<Counting> {
        let now = engine.now();
        let mut tx = engine.store.write().await?;
        tx.lock(&account_lock(&self.account)).await?;
        let settings = password_protection::load(&mut *tx).await?.lockout;
        let before = self.read_lockout(&mut *tx).await?;
        let counted = match before.attempt(&settings, self.fingerprint(engine, password), now) {
            Attempt::Refused { until } => return Ok(Counting::Locked(until)),
            Attempt::Repeated => Counted::Source,
            Attempt::Counted(after) => {
                self.write_lockout(&mut *tx, &after, now).await?;
                Counted::Everywhere(Box::new((before, after)))
            }
        };
        let mut locked = None;
        for (key, rate) in self.counters(&counted) {
            let failures = tx.count(&key, rate.within, now).await?;
            // A source over its limit paid before: see [`Engine::price_of_sign_in`]. It is not refused.
            if failures.count > i64::from(rate.times) && key != self.source {
                locked = locked.max(Some(failures.started_at.plus(rate.within)));
            }
        }
        tx.commit().await?;
        Ok(locked.map_or(Counting::Counted(counted), Counting::Locked))
    }

    /// Compares, in a time that does not tell whether there is an account, whether it is blocked, or how its password
    /// is stored: the quick verifier of an import takes a hash beside it.
    async fn compare(&self, place: &Place, password: &Secret) -> std::result::Result<Verdict, HashError> {
        let blocked = self.user.as_ref().is_none_or(|user| user.blocked);
        let row = self.password.as_ref().filter(|_| !blocked);
        if row.is_some_and(|row| row.imported) {
            place.verify(password, None).await?;
        }
        place.verify(password, row.map(|row| row.verifier.clone())).await
    }

    /// The machine could not compare: that is nobody's failure.
    async fn forgive(&self, engine: &Engine, counted: &Counted) -> Result<()> {
        let mut tx = engine.store.write().await?;
        tx.lock(&account_lock(&self.account)).await?;
        if let Counted::Everywhere(change) = counted
            && self.read_lockout(&mut *tx).await? == change.1
        {
            self.write_lockout(&mut *tx, &change.0, engine.now()).await?;
        }
        self.uncount(&mut *tx, counted).await?;
        tx.commit().await
    }

    /// A keyed hash: it tells that a wrong password is repeated, and without the key nothing about it.
    fn fingerprint(&self, engine: &Engine, password: &Secret) -> Fingerprint {
        let mac = engine.keys.code_mac(&[self.what, &self.account], normalize(password.expose()).expose());
        let mut fingerprint = Fingerprint::default();
        for (to, from) in fingerprint.iter_mut().zip(mac) {
            *to = from;
        }
        fingerprint
    }

    /// What else counts a failure: the account over all places, and the source over all accounts.
    fn counters(&self, counted: &Counted) -> Vec<(String, Rate)> {
        let source = (self.source.clone(), limits::FAILED_SIGN_INS_BY_SOURCE);
        match counted {
            Counted::Everywhere(_) => {
                vec![(counter_key(&self.account, SIGN_IN_COUNTER), limits::FAILED_SIGN_INS_DAILY), source]
            }
            Counted::Source => vec![source],
        }
    }

    async fn uncount(&self, tx: &mut dyn Tx, counted: &Counted) -> Result<()> {
        for (counter, _) in self.counters(counted) {
            tx.uncount(&counter).await?;
        }
        Ok(())
    }

    async fn read_lockout(&self, tx: &mut dyn Tx) -> Result<Lockout> {
        match tx.lockout(&self.account, self.kind).await? {
            None => Ok(Lockout::default()),
            Some(body) => serde_json::from_str(&body).map_err(|error| Error::Corrupt(error.to_string())),
        }
    }

    async fn write_lockout(&self, tx: &mut dyn Tx, lockout: &Lockout, now: Timestamp) -> Result<()> {
        let body = serde_json::to_string(lockout).map_err(|error| Error::Corrupt(error.to_string()))?;
        tx.set_lockout(&self.account, self.kind, &body, now).await
    }
}
