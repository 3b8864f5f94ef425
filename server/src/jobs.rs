//! What must not wait for a request. Every job can run on every node at once: rows decide who does what.

pub mod abandoned;
pub mod anchor;
pub mod coverage;
pub mod decoys;
pub mod harden_imports;
pub mod outbox;
pub mod push_requests;
pub mod sweep;

use std::sync::Arc;

use regain_core::time::Duration;

use crate::engine::Engine;

/// How often the outbox is looked at; a message leaves within this and the time it takes.
const OUTBOX: Duration = Duration::from_millis(300);
/// How often gateways are read that another node may have changed.
const GATEWAYS: Duration = Duration::from_secs(5);
/// How often decoys are fitted to the people there are.
const DECOYS: Duration = Duration::from_mins(10);
/// How often the people who can help themselves are counted.
const COVERAGE: Duration = Duration::from_mins(10);
/// How often requests that nobody answered are looked for.
const PUSH_REQUESTS: Duration = Duration::from_secs(5);
/// How often bulk imports are looked for.
const HARDEN: Duration = Duration::from_secs(20);
/// How often the head of the audit log is told to the server's log.
const ANCHOR: Duration = Duration::from_hours(1);
/// How often it is kept that a proxy sends addresses that cannot be read.
const PROXIES: Duration = Duration::from_secs(5);
/// How often what is over is tidied.
const SWEEP: Duration = Duration::from_mins(1);

/// Starts all jobs; they end with the process.
pub fn start(engine: &Arc<Engine>) {
    every(OUTBOX, engine, |engine| async move { outbox::deliver(&engine).await });
    every(PUSH_REQUESTS, engine, |engine| async move { push_requests::expire(&engine).await });
    every(GATEWAYS, engine, |engine| async move { engine.refresh_gateways().await });
    every(SWEEP, engine, |engine| async move { abandoned::close(&engine).await });
    every(PROXIES, engine, |engine| async move { engine.keep_unreadable().await });
    every(ANCHOR, engine, |engine| async move { anchor::tell(&engine).await });
    every(COVERAGE, engine, |engine| async move { coverage::count(&engine).await });
    every(DECOYS, engine, |engine| async move { decoys::count(&engine).await });
    every(HARDEN, engine, |engine| async move { harden_imports::harden_imports(&engine).await });
    every(SWEEP, engine, |engine| async move { engine.close_refusals(false).await });
    every(SWEEP, engine, |engine| async move { sweep::sweep(&engine).await });
}

fn every<F>(pause: Duration, engine: &Arc<Engine>, job: impl Fn(Arc<Engine>) -> F + Send + 'static)
where
    F: Future<Output = regain_store::Result<()>> + Send + 'static,
{
    let engine = Arc::clone(engine);
    tokio::spawn(async move {
        loop {
            if let Err(error) = job(Arc::clone(&engine)).await {
                tracing::error!(%error, "a job failed");
            }
            tokio::time::sleep(pause).await;
        }
    });
}

/// Runs every job once, to completion.
pub async fn run_once(engine: &Arc<Engine>) {
    let results = [
        push_requests::expire(engine).await,
        engine.refresh_gateways().await,
        outbox::deliver(engine).await,
        engine.keep_unreadable().await,
        abandoned::close(engine).await,
        coverage::count(engine).await,
        decoys::count(engine).await,
        harden_imports::harden_imports(engine).await,
        engine.close_refusals(false).await,
        sweep::sweep(engine).await,
    ];
    for result in results {
        if let Err(error) = result {
            tracing::error!(%error, "a job failed");
        }
    }
}
