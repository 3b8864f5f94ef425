//! UNLOCK: opens sign-in again and leaves the password alone (R225, T29).

use regain_app::outcome::{Answer, Outcome};
use regain_app::visit::Visit;
use regain_store::{AuditRecord, Result, Tx};

use super::complete::Cleared;
use super::standing::{Place, Standing};
use crate::account_key::counter_key;
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::passwords::SIGN_IN_COUNTER;
use crate::services::failure;

impl Engine {
    /// Only where the last proof did not unlock by itself.
    pub(super) async fn reset_unlock(&self, visit: &Visit) -> Answer {
        let mut tx = match self.at_step(visit, Place::Unlock).await? {
            Ok((tx, _)) => tx,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let cleared = self.clear(&mut *tx, visit, &[Place::Unlock]).await.map_err(failure)?;
        let (next, records) = self.unlock_if(&mut *tx, visit, cleared).await.map_err(failure)?;
        tx.append_all(&records).await.map_err(failure)?;
        tx.commit().await.map_err(failure)?;
        Ok(next)
    }

    /// Right after the last proof, in its transaction. What is to be written down comes back: rows first, then the log.
    pub(super) async fn complete_unlock(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: Standing,
    ) -> Result<(Outcome, Vec<AuditRecord>)> {
        let cleared = self.judge(tx, visit, standing, &[Place::Unlock]).await?;
        self.unlock_if(tx, visit, cleared).await
    }

    async fn unlock_if(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        cleared: Cleared,
    ) -> Result<(Outcome, Vec<AuditRecord>)> {
        match cleared {
            Cleared::No(elsewhere, records) => Ok((elsewhere, records)),
            Cleared::Yes(standing) => self.open_sign_in(tx, visit, *standing).await,
        }
    }

    async fn open_sign_in(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        mut standing: Standing,
    ) -> Result<(Outcome, Vec<AuditRecord>)> {
        standing.body.notified = self.addresses_told(&standing);
        if !self.win(tx, &standing).await? {
            return Ok((Outcome::go(Place::Stopped.path()), Vec::new()));
        }
        let (user, account) = (&standing.person.user, &standing.flow.account);
        tx.clear_lockout(account).await?;
        tx.clear_counter(&counter_key(account, SIGN_IN_COUNTER)).await?;
        self.tell_of_unlock(tx, visit, &standing).await?;
        let record = audit::success(service::PASSWORD, activity::UNLOCK);
        Ok((Outcome::go(Place::Unlocked.path()), vec![self.flow_record(visit, &standing, record).by(user)]))
    }
}
