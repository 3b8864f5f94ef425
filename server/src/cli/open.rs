//! The engine as a command needs it, beside a running server or without one.

use std::sync::Arc;

use crate::ambient::SystemClock;
use crate::config::Config;
use crate::engine::Engine;
use crate::serve;

/// Opens the database and the keys. A new database gets its schema; an old one is left to `regain migrate`.
pub(super) async fn open(config: Config) -> anyhow::Result<Arc<Engine>> {
    serve::open(config, false, false, Arc::new(SystemClock::default())).await
}
