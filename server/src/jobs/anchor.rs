//! Writes the head of the audit log into the server's own log, which is kept elsewhere: from there `regain audit verify
//! --head` tells later whether rows were removed or the whole log was written anew.

use regain_store::Result;

use crate::engine::Engine;

/// Tells the head.
pub async fn tell(engine: &Engine) -> Result<()> {
    let head = engine.audit_head().await?;
    if head.seq > 0 {
        tracing::info!(%head, "the head of the audit log");
    }
    Ok(())
}
