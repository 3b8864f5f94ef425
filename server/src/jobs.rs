//! What must not wait for a request. Every job can run on every node at once: rows decide who does what.

pub mod abandoned;
pub mod anchor;
pub mod coverage;
pub mod decoys;
pub mod harden_imports;
pub mod heartbeat;
pub mod outbox;
pub mod push_requests;
pub mod sweep;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use regain_core::time::Duration;
use tokio::task::JoinSet;

use crate::engine::Engine;

/// How often the outbox is looked at; a message leaves within this and the time it takes. Requests do not wake it: names
/// that nobody has are sent nothing, and what follows a request at once can be timed.
const OUTBOX: Duration = Duration::from_millis(100);
/// How often gateways are read that another node may have changed.
const GATEWAYS: Duration = Duration::from_secs(5);
/// How often decoys are fitted to the people there are.
const DECOYS: Duration = Duration::from_mins(10);
/// How often it is looked whether people are to be counted anew: after ten minutes, or after a change of a policy.
const COVERAGE: Duration = Duration::from_secs(10);
/// How often requests that nobody answered are looked for.
const PUSH_REQUESTS: Duration = Duration::from_secs(5);
/// How often bulk imports are looked for.
const HARDEN: Duration = Duration::from_secs(20);
/// How often the head of the audit log is told to the server's log.
const ANCHOR: Duration = Duration::from_hours(1);
/// How often it is kept that a proxy sends addresses that cannot be read.
const PROXIES: Duration = Duration::from_secs(5);
/// How often a sign of life is written.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// How often what is over is tidied.
const SWEEP: Duration = Duration::from_mins(1);

/// The jobs of a server.
pub struct Jobs(JoinSet<()>);

impl Jobs {
    /// Waits until each has ended what it was at: a message that is being sent is marked as sent, and no other server
    /// need wait for its lease. Jobs that take longer end with the process.
    pub async fn end(mut self, within: Duration) {
        let ended = tokio::time::timeout(within, async { while self.0.join_next().await.is_some() {} });
        if ended.await.is_err() {
            tracing::warn!("some jobs were still at work when the server stopped");
        }
    }
}

/// Starts all jobs; they end when the server stops.
pub fn start(engine: &Arc<Engine>) -> Jobs {
    engine.beats.store(true, Ordering::Relaxed);
    let mut jobs = Jobs(JoinSet::new());
    jobs.every(HEARTBEAT, engine, |engine| async move { heartbeat::beat(&engine).await });
    jobs.every(OUTBOX, engine, |engine| async move { outbox::deliver(&engine).await });
    jobs.every(PUSH_REQUESTS, engine, |engine| async move { push_requests::expire(&engine).await });
    jobs.every(GATEWAYS, engine, |engine| async move { engine.refresh_gateways().await });
    jobs.every(SWEEP, engine, |engine| async move { abandoned::close(&engine).await });
    jobs.every(PROXIES, engine, |engine| async move { engine.keep_unreadable().await });
    jobs.every(ANCHOR, engine, |engine| async move { anchor::tell(&engine).await });
    jobs.every(COVERAGE, engine, |engine| async move { coverage::count(&engine).await });
    jobs.every(DECOYS, engine, |engine| async move { decoys::count(&engine).await });
    jobs.every(HARDEN, engine, |engine| async move { harden_imports::harden_imports(&engine).await });
    jobs.every(SWEEP, engine, |engine| async move {
        engine.hasher.rest();
        Ok(())
    });
    jobs.every(SWEEP, engine, |engine| async move { engine.close_refusals(false).await });
    jobs.every(SWEEP, engine, |engine| async move { sweep::sweep(&engine).await });
    jobs.every(SWEEP, engine, |engine| async move { engine.cut_audit().await });
    jobs
}

impl Jobs {
    fn every<F>(
        &mut self,
        pause: Duration,
        engine: &Arc<Engine>,
        job: impl Fn(Arc<Engine>) -> F + Send + 'static,
    ) where
        F: Future<Output = regain_store::Result<()>> + Send + 'static,
    {
        let engine = Arc::clone(engine);
        let mut stopping = engine.stopping.subscribe();
        self.0.spawn(async move {
            let mut told = None;
            loop {
                let failure = job(Arc::clone(&engine)).await.err().map(|error| error.to_string());
                // Once: a disk that is full must not fill the log's, too.
                if let Some(error) = failure.as_ref().filter(|_| told != failure) {
                    tracing::error!(error, "a job failed, and is tried again until it works");
                } else if failure.is_none() && told.is_some() {
                    tracing::info!("a job that failed works again");
                }
                told = failure;
                if tokio::time::timeout(pause, stopping.wait_for(|stopping| *stopping)).await.is_ok() {
                    return;
                }
            }
        });
    }
}

/// Runs every job once, to completion.
pub async fn run_once(engine: &Arc<Engine>) {
    let results = [
        heartbeat::beat(engine).await,
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
        engine.cut_audit().await,
    ];
    for result in results {
        if let Err(error) = result {
            tracing::error!(%error, "a job failed");
        }
    }
}
