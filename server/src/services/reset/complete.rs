//! The end of a flow: everything is derived once more, under the policy as it is now, in the transaction that acts.

use regain_app::outcome::Outcome;
use regain_app::visit::Visit;
use regain_core::eligibility;
use regain_store::{AuditRecord, Result, Tx};

use super::record::reason;
use super::standing::{Place, Standing, outcome};
use crate::engine::Engine;

/// A flow that may act now.
pub(super) enum Cleared {
    /// All gates are passed, the person may reset, and nobody else changes them meanwhile.
    Yes(Box<Standing>),
    /// Not, or no longer: where to go, and what is to be written down of it.
    No(Outcome, Vec<AuditRecord>),
}

impl Engine {
    /// Locks the account, reads the flow again and judges it for `wanted`: where it must stand to end here.
    pub(super) async fn clear(&self, tx: &mut dyn Tx, visit: &Visit, wanted: &[Place]) -> Result<Cleared> {
        let Some(standing) = self.locked_standing(tx, visit).await? else {
            return Ok(Cleared::No(Outcome::go(Place::Stopped.path()), Vec::new()));
        };
        self.judge(tx, visit, standing, wanted).await
    }

    /// The same for a flow that was read in this transaction, after its account was locked.
    pub(super) async fn judge(
        &self,
        tx: &mut dyn Tx,
        visit: &Visit,
        mut standing: Standing,
        wanted: &[Place],
    ) -> Result<Cleared> {
        if !wanted.contains(&standing.place()) || standing.flow.user_id.is_none() {
            return Ok(Cleared::No(Outcome::go(standing.place().path()), Vec::new()));
        }
        if let Err(refusal) = eligibility::check(&standing.eligibility()) {
            // Blocked, out of scope or with too few methods since the start (T27).
            let row = standing.refused_row(refusal);
            tx.update_flow(&row).await?;
            tx.close_flow(row.id, outcome::REFUSED, self.now()).await?;
            let record = self.failed_step(visit, &standing, &reason(refusal));
            return Ok(Cleared::No(Outcome::go(Place::Stopped.path()), vec![record]));
        }
        Ok(Cleared::Yes(Box::new(standing)))
    }

    /// Closes the flow, for the one who comes first: nobody else gets true (T70).
    pub(super) async fn win(&self, tx: &mut dyn Tx, standing: &Standing) -> Result<bool> {
        tx.update_flow(&standing.row()).await?;
        tx.close_flow(standing.flow.id, outcome::DONE, self.now()).await
    }
}
