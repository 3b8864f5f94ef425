//! Passkeys and saved recovery codes as proofs.

use regain_app::outcome::Failure;
use regain_core::code::RecoveryCode;
use regain_store::{Challenge, PasskeyCeremony, Result, Tx};

use super::{Asker, Checked, Counted, Spent};
use crate::engine::Engine;
use crate::services::{failure, hash_failure};

impl Engine {
    /// Compares a recovery code with the person's, used ones too, all at once and with one hash. Each works once.
    pub async fn check_recovery_code(
        &self,
        asker: &Asker<'_>,
        challenge: &Challenge,
        typed: &RecoveryCode,
    ) -> std::result::Result<Checked, Failure> {
        let judged = match self.count_first(asker, challenge).await.map_err(failure)? {
            Counted::Refused(refused) => return Ok(refused),
            Counted::Once { judged } => judged,
        };
        let user_id = asker.user_id.filter(|_| judged).unwrap_or_default();
        let mut tx = self.store.read().await.map_err(failure)?;
        let codes = tx.every_recovery_code(user_id).await.map_err(failure)?;
        drop(tx);
        let verifiers = codes.iter().map(|(_, code)| code.verifier.clone()).collect();
        let found = match self.hasher.find(typed.expose(), verifiers).await {
            Ok(found) => found.and_then(|index| codes.get(index)),
            Err(error) => {
                self.forgive(asker, challenge, judged).await.map_err(failure)?;
                return Err(hash_failure(error));
            }
        };
        let Some((method_id, code)) = found else {
            return self.count_wrong(asker, challenge, judged).await.map_err(failure);
        };
        let mut tx = self.write_locked(asker).await.map_err(failure)?;
        if !tx.take_recovery_code(*method_id, code.position, self.now()).await.map_err(failure)? {
            drop(tx);
            self.forgive(asker, challenge, judged).await.map_err(failure)?;
            return Ok(Checked::Spent(Spent::Used));
        }
        let by = Challenge { method_id: Some(*method_id), ..challenge.clone() };
        self.consume_in(tx, asker, &by).await.map_err(failure)
    }

    /// Judges what a browser answered to the challenge: one of the person's passkeys, or none.
    pub async fn check_passkey(
        &self,
        asker: &Asker<'_>,
        challenge: &Challenge,
        answer: &str,
    ) -> Result<Checked> {
        let judged = match self.count_first(asker, challenge).await? {
            Counted::Refused(refused) => return Ok(refused),
            Counted::Once { judged } => judged,
        };
        let mut tx = self.write_locked(asker).await?;
        let ceremony = tx.passkey_ceremony(challenge.id).await?;
        let known = tx.passkeys(asker.user_id.filter(|_| judged).unwrap_or_default()).await?;
        let used = self.relying_party.as_ref().zip(ceremony).and_then(|(relying_party, ceremony)| {
            relying_party.finish_authentication(&ceremony.state, answer, &known)
        });
        let Some(used) = used else {
            drop(tx);
            return self.count_wrong(asker, challenge, judged).await;
        };
        if let Some(credential) = &used.credential {
            tx.update_passkey(used.method_id, credential).await?;
        }
        self.consume_in(tx, asker, &Challenge { method_id: Some(used.method_id), ..challenge.clone() }).await
    }

    /// What the browser is asked under a challenge; the same whoever it is asked for.
    pub(super) async fn begin_passkey_ceremony(&self, tx: &mut dyn Tx, challenge: &Challenge) -> Result<()> {
        let begun = self.relying_party.as_ref().and_then(crate::passkeys::RelyingParty::begin_authentication);
        match begun {
            Some(begun) => {
                let (options, state) = (begun.options, begun.state);
                tx.add_passkey_ceremony(&PasskeyCeremony { challenge_id: challenge.id, options, state }).await
            }
            None => Ok(()),
        }
    }

    /// The same, to show it: JSON.
    pub async fn passkey_options(&self, tx: &mut dyn Tx, challenge: &Challenge) -> Result<String> {
        Ok(tx.passkey_ceremony(challenge.id).await?.map(|ceremony| ceremony.options).unwrap_or_default())
    }
}
