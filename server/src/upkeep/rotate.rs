//! A new master key. Offline: a server that runs on would write with the old one.

use regain_core::secret::SecretBytes;
use uuid::Uuid;

use crate::audit::{self, activity, service};
use crate::engine::Engine;
use crate::people::Actor;
use crate::policy;

/// The settings document with the fingerprint of the key that the database was last sealed with.
pub const FINGERPRINT: &str = "master_key";
/// Seeds that are sealed anew in one transaction.
const BATCH: i64 = 500;

/// What a rotation did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rotated {
    /// Seeds of authenticator apps and hardware tokens that are sealed with the new key.
    pub resealed: usize,
    /// Methods and gateways whose secret no key opens: it must be given again.
    pub lost: Vec<Uuid>,
}

impl Engine {
    /// Seals every seed and every gateway's secret with the current key, and notes that the database belongs to it. Can be run again after it was
    /// interrupted: what is sealed with the current key stays as it is.
    pub async fn reseal(&self) -> anyhow::Result<Rotated> {
        let mut rotated = Rotated::default();
        let mut after = Uuid::nil();
        loop {
            let mut tx = self.store.write().await?;
            let methods = tx.sealed_methods(after, BATCH).await?;
            let Some(last) = methods.last() else { break };
            after = last.id;
            for method in &methods {
                let Some(old) = &method.sealed else { continue };
                match self.opened(method.id, method.user_id, old) {
                    None => rotated.lost.push(method.id),
                    Some(Opened::Current) => {}
                    Some(Opened::Old(seed)) => {
                        let new = self.seal_seed(method.id, method.user_id, &seed);
                        rotated.resealed += usize::from(tx.reseal_method(method.id, old, &new).await?);
                    }
                }
            }
            tx.commit().await?;
        }
        self.reseal_tokens(&mut rotated).await?;
        let (gateways, lost) = self.reseal_gateways().await?;
        rotated.resealed += gateways;
        rotated.lost.extend(lost);
        self.reseal_audit_cut().await?;
        self.note_rotation(&rotated).await?;
        Ok(rotated)
    }

    /// The same for hardware tokens that are no method yet.
    async fn reseal_tokens(&self, rotated: &mut Rotated) -> anyhow::Result<()> {
        let mut after = Uuid::nil();
        loop {
            let mut tx = self.store.write().await?;
            let tokens = tx.sealed_tokens(after, BATCH).await?;
            let Some(last) = tokens.last() else { return Ok(()) };
            after = last.id;
            for token in &tokens {
                let Some(old) = &token.sealed else { continue };
                match self.opened(token.id, token.user_id, old) {
                    None => rotated.lost.push(token.id),
                    Some(Opened::Current) => {}
                    Some(Opened::Old(seed)) => {
                        let new = self.seal_seed(token.id, token.user_id, &seed);
                        rotated.resealed += usize::from(tx.reseal_token(token.id, old, &new).await?);
                    }
                }
            }
            tx.commit().await?;
        }
    }

    fn opened(&self, row: Uuid, user_id: Uuid, sealed: &[u8]) -> Option<Opened> {
        let seed = self.open_seed(row, user_id, sealed)?;
        let current = self.seed_is_current(row, user_id, sealed);
        Some(if current { Opened::Current } else { Opened::Old(seed) })
    }

    async fn note_rotation(&self, rotated: &Rotated) -> anyhow::Result<()> {
        use audit::Build as _;
        let mut tx = self.store.write().await?;
        tx.lock(FINGERPRINT).await?;
        let (_, version): (String, i64) = policy::document(&mut *tx, FINGERPRINT).await?;
        policy::save_document(&mut *tx, FINGERPRINT, &self.keys.fingerprint(), version, self.now()).await?;
        let record = audit::success(service::DIRECTORY, activity::ROTATE_KEY)
            .on("key", "", self.keys.fingerprint())
            .detail("resealed", rotated.resealed)
            .detail("lost", rotated.lost.len());
        tx.append(&Actor::command_line(self).sign(self, record)).await?;
        Ok(tx.commit().await?)
    }
}

enum Opened {
    Current,
    Old(SecretBytes),
}
