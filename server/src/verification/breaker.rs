//! Wrong proofs of everybody together: somebody tries a few on each of many accounts (T47). The CAPTCHA then asks for
//! more work, and administrators are told.

use regain_core::limits;
use regain_store::{Result, Tx};

use super::Asker;
use super::limits as keys;
use crate::alerts::Alert;
use crate::audit::{self, Build as _, activity, service};
use crate::engine::Engine;

impl Engine {
    /// Whether wrong proofs of everybody together say that somebody is spraying.
    pub async fn is_under_attack(&self, tx: &mut dyn Tx) -> Result<bool> {
        let rate = limits::SYSTEM_FAILED_PROOFS;
        Ok(tx.recent(keys::SYSTEM_FAILED, rate.within, self.now()).await? >= i64::from(rate.times))
    }

    /// Tells administrators, if this try is one too many. The last write but for the audit log.
    pub(super) async fn tell_of_attack(&self, tx: &mut dyn Tx, asker: &Asker<'_>) -> Result<()> {
        if !self.is_under_attack(tx).await? {
            return Ok(());
        }
        let record = audit::failure(
            service::PASSWORD,
            activity::ATTACK,
            "Too many failed verifications over all accounts: the CAPTCHA asks for more work",
        );
        let record = record.on("system", "verification", "").in_flow(asker.support_code);
        let support_code = asker.support_code;
        let alert =
            Alert { name: "attack", template: "notice-under-attack", params: &[], support_code, record };
        self.alert(tx, alert).await
    }
}
