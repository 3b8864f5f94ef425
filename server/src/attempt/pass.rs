//! Trying a temporary pass: counted on the very counters that count passwords, then compared, then used up.
//!
//! Whether there is such a name, whether it is blocked, whether it has a pass and whether that has run out takes the
//! same queries and the same hash.

use regain_app::outcome::Failure;
use regain_app::visit::Visit;
use regain_core::lockout::Lockout;
use regain_core::password::profile::MAX_BYTES;
use regain_core::secret::Secret;
use regain_core::time::Timestamp;
use regain_directory::Verdict;
use regain_store::{Result, TemporaryPass, Tx, User};
use uuid::Uuid;

use super::{Counted, Counting, Subject, Wrong};
use crate::account_key::account_lock;
use crate::engine::Engine;
use crate::services::{failure, hash_failure};
use crate::temporary_pass;

/// What trying a pass ends in.
pub enum TriedPass {
    /// It is the pass. Nothing is settled before [`Engine::settle_pass`].
    Right(Box<RightPass>),
    /// It is not.
    Wrong(Wrong),
    /// Nothing was compared; the account, for the audit log alone.
    Locked(Option<User>),
}

/// A pass that was right at the time of comparing.
pub struct RightPass {
    /// Whose.
    pub user: User,
    /// The row it was compared with.
    pub pass: TemporaryPass,
    subject: Subject,
    counted: Counted,
}

impl RightPass {
    /// The account's name in counters.
    pub fn account(&self) -> &str {
        &self.subject.account
    }
}

impl Engine {
    /// Tries `typed` for the account whose canonical name is `key`.
    pub async fn try_pass(
        &self,
        visit: &Visit,
        key: &str,
        typed: &Secret,
    ) -> std::result::Result<TriedPass, Failure> {
        let place = self.hasher.reserve().map_err(hash_failure)?;
        let mut subject = Subject::load(self, visit, key).await.map_err(failure)?;
        subject.what = "temporary pass";
        if typed.expose().len() > MAX_BYTES {
            return Ok(TriedPass::Wrong(Wrong { user: subject.user, again: true }));
        }
        let counted = match subject.count(self, typed).await.map_err(failure)? {
            Counting::Locked(_) => return Ok(TriedPass::Locked(subject.user)),
            Counting::Counted(counted) => counted,
        };
        let pass = self.usable_pass(subject.user.as_ref()).await.map_err(failure)?;
        let verifier = pass.as_ref().map(|pass| pass.verifier.clone());
        let verdict = match place.verify(typed, verifier).await {
            Ok(verdict) => verdict,
            Err(error) => {
                subject.forgive(self, &counted).await.map_err(failure)?;
                return Err(hash_failure(error));
            }
        };
        match (verdict, subject.user.clone(), pass) {
            (Verdict::Right | Verdict::RightButWeak, Some(user), Some(pass)) => {
                Ok(TriedPass::Right(Box::new(RightPass { user, pass, subject, counted })))
            }
            (_, user, _) => Ok(TriedPass::Wrong(Wrong { user, again: counted.is_again() })),
        }
    }

    /// The pass that would open a session now.
    async fn usable_pass(&self, user: Option<&User>) -> Result<Option<TemporaryPass>> {
        let mut tx = self.store.read().await?;
        let settings = temporary_pass::load(&mut *tx).await?;
        let pass = tx.pass(user.map_or(Uuid::nil(), |user| user.id)).await?;
        let stands = settings.enabled && user.is_some_and(|user| !user.blocked);
        Ok(pass.filter(|pass| stands && works(pass, self.now())))
    }

    /// Uses the pass: of two who come with a pass for one use, one. False when it died meanwhile, or the account was
    /// blocked: then it was not right after all. Takes the account's lock.
    pub async fn settle_pass(&self, tx: &mut dyn Tx, right: &RightPass) -> Result<bool> {
        let subject = &right.subject;
        tx.lock(&account_lock(&subject.account)).await?;
        let stands = tx.user(right.user.id).await?.is_some_and(|user| !user.blocked);
        if !stands || !tx.use_pass(right.pass.id, self.now()).await? {
            return Ok(false);
        }
        subject.write_lockout(tx, &Lockout::default(), self.now()).await?;
        subject.uncount(tx, &right.counted).await?;
        Ok(true)
    }
}

fn works(pass: &TemporaryPass, now: Timestamp) -> bool {
    pass.expires_at > now && !(pass.one_time && pass.used_at.is_some())
}
