//! UNLOCK: opens sign-in again and leaves the password alone (R225, T29).

use regain_app::outcome::{Answer, Outcome};
use regain_app::visit::Visit;
use regain_core::flow::Step;
use regain_store::{Result, Tx};

use super::complete::Cleared;
use super::standing::{Place, Standing};
use crate::account_key::{counter_key, user_lock};
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;
use crate::passwords::SIGN_IN_COUNTER;
use crate::services::failure;

impl Engine {
    /// Only where the last proof did not unlock by itself.
    pub(super) async fn reset_unlock(&self, visit: &Visit) -> Answer {
        let (mut tx, standing) = match self.at_step(visit, Place::Unlock).await? {
            Ok(found) => found,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let cleared = self.clear(&mut *tx, visit, &standing, Step::Unlock).await.map_err(failure)?;
        let next = match cleared {
            Cleared::No(elsewhere) => elsewhere,
            Cleared::Yes(standing) => self.open_sign_in(&mut *tx, visit, *standing).await.map_err(failure)?,
        };
        tx.commit().await.map_err(failure)?;
        Ok(next)
    }

    /// Right after the last proof, in its transaction.
    pub(super) async fn complete_unlock(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        standing: Standing,
    ) -> Result<Outcome> {
        // The flow's token was replaced a moment ago: it is read again by its row.
        tx.lock(&user_lock(standing.person.user.id)).await?;
        let standing = self.standing_of(tx, standing.flow).await?;
        match self.judge(tx, visit, standing, Step::Unlock).await? {
            Cleared::No(elsewhere) => Ok(elsewhere),
            Cleared::Yes(standing) => self.open_sign_in(tx, visit, *standing).await,
        }
    }

    async fn open_sign_in(&self, tx: &mut dyn Tx, visit: &Visit, mut standing: Standing) -> Result<Outcome> {
        standing.body.notified = self.addresses_told(&standing);
        if !self.win(tx, &standing).await? {
            return Ok(Outcome::go(Place::Stopped.path()));
        }
        let (user, account) = (&standing.person.user, &standing.flow.account);
        tx.clear_lockout(account).await?;
        tx.clear_counter(&counter_key(account, SIGN_IN_COUNTER)).await?;
        let record = audit::success(service::PASSWORD, activity::UNLOCK);
        tx.append(&self.flow_record(visit, &standing, record).by(user)).await?;
        self.tell_of_unlock(tx, visit, &standing).await?;
        Ok(Outcome::go(Place::Unlocked.path()))
    }
}
