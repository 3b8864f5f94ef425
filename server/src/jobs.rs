//! What must not wait for a request.

use std::sync::Arc;

use crate::engine::Engine;

/// Starts all jobs; they end with the process.
pub fn start(_engine: &Arc<Engine>) {}

/// Runs every job once, to completion.
pub async fn run_once(_engine: &Arc<Engine>) {}
