//! Lays argon2id over the quick verifiers of bulk imports. One hash at a time, so that people who sign in meanwhile wait
//! for one at most; 100,000 take about half an hour.

use regain_directory::HashError;
use regain_store::{Password, Result};

use crate::engine::Engine;

/// So many are written together: few enough that little is lost when the server stops.
const BATCH: i64 = 32;

/// Hardens until none is left, or the machine is busy. Safe on several nodes: a row that another one hardened, or whose
/// owner changed the password meanwhile, is left alone.
pub async fn harden_imports(engine: &Engine) -> Result<()> {
    loop {
        let quick = engine.store.read().await?.imported_passwords(BATCH).await?;
        if quick.is_empty() {
            return Ok(());
        }
        let mut hardened = Vec::with_capacity(quick.len());
        for password in quick {
            match engine.hasher.harden(password.verifier.clone(), engine.new_salt()).await {
                Ok(verifier) => hardened.push((password, verifier)),
                // People come first; the next run goes on.
                Err(HashError::Busy) => break,
                // One that cannot be read must not hold up the others.
                Err(HashError::Failed) => {
                    tracing::error!(user = %password.user_id, "an imported verifier cannot be hardened");
                }
            }
        }
        if hardened.is_empty() {
            return Ok(());
        }
        let mut tx = engine.store.write().await?;
        for (old, verifier) in hardened {
            let new = Password { verifier, imported: false, ..old.clone() };
            tx.upgrade_password(old.user_id, &old.verifier, &new).await?;
        }
        tx.commit().await?;
        tokio::task::yield_now().await;
    }
}
