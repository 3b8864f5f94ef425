//! The engine as a command needs it, beside a running server or without one.

use std::sync::Arc;

use crate::ambient::SystemClock;
use crate::config::Config;
use crate::engine::Engine;
use crate::{organization, serve};

/// Opens the database and the keys. A new database gets its schema; an old one is left to `regain migrate`.
///
/// On the demo's database it is the demo's engine, whose channels are the outbox.
pub(super) async fn open(config: Config) -> anyhow::Result<Arc<Engine>> {
    let open = |demo| serve::open(config.clone(), demo, false, Arc::new(SystemClock::default()));
    let engine = open(false).await?;
    let demo = organization::load(&mut *engine.store.read().await?).await?.demo;
    if demo { open(true).await } else { Ok(engine) }
}
