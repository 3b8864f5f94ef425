//! `regain serve`: from configuration to a listening server.

use std::sync::Arc;

use anyhow::{Context as _, ensure};
use regain_core::entropy::Entropy;
use regain_core::time::{Clock, Duration};
use regain_store::Store;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::ambient::{OsEntropy, SystemClock};
use crate::config::Config;
use crate::crypto::Keys;
use crate::engine::Engine;
use crate::jobs::heartbeat;
use crate::upkeep::backup::before_migration;
use crate::upkeep::files::check_files;
use crate::upkeep::rotate::FINGERPRINT;
use crate::upkeep::single::only_server;
use crate::{demo as demo_mode, http, jobs, policy};

/// Opens what an engine needs. `migrate` brings an old schema up to date; without it an old schema is an error. A new
/// database always gets its schema.
pub async fn open(
    config: Config,
    demo: bool,
    migrate: bool,
    clock: Arc<dyn Clock>,
) -> anyhow::Result<Arc<Engine>> {
    make_data_folder(&config)?;
    if let Some(smtp) = config.smtp() {
        smtp?;
    }
    check_files(&config)?;
    let store = Store::open(config.database_url.expose())
        .await
        .context("cannot open the database that REGAIN_DATABASE_URL names")?;
    let pending = store.pending_migrations().await?;
    let may = migrate || pending == 0 || store.is_new().await?;
    ensure!(may, "the database's schema is old; run: regain migrate");
    if let Some(copy) = before_migration(&config, &store, clock.now()).await? {
        tracing::info!(copy = %copy.display(), "the database was copied before its schema changes");
    }
    store.migrate().await.context("cannot bring the database's schema up to date")?;
    set_clock(&store, &*clock).await?;
    let entropy = Arc::new(OsEntropy);
    let keys = keys(&config, &store, &*entropy).await?;
    let engine = Engine::new(config, store, keys, clock, entropy, demo);
    check_key(&engine).await?;
    engine.refresh_gateways().await?;
    Ok(engine)
}

/// The clock goes on from the latest instant that was seen, on whatever server.
async fn set_clock(store: &Store, clock: &dyn Clock) -> anyhow::Result<()> {
    let mut tx = store.read().await?;
    if let Some(shared) = tx.database_time().await? {
        clock.follow(shared);
    }
    clock.raise(tx.latest_seen().await?);
    Ok(())
}

fn make_data_folder(config: &Config) -> anyhow::Result<()> {
    if config.is_embedded() {
        std::fs::create_dir_all(&config.data_dir)
            .with_context(|| format!("cannot make the data folder {}", config.data_dir.display()))?;
    }
    Ok(())
}

/// Makes a key for a new database alone: one made for an old database could read nothing in it (F44).
async fn keys(config: &Config, store: &Store, entropy: &dyn Entropy) -> anyhow::Result<Keys> {
    let (_, version) = stored_fingerprint(store).await?;
    let file = &config.key_file;
    ensure!(
        version == 0 || file.exists(),
        "the key file {} is missing, and this database cannot be read without it; put it back",
        file.display()
    );
    Keys::load(file, version == 0 && !config.key_file_named, entropy)
}

async fn stored_fingerprint(store: &Store) -> anyhow::Result<(String, i64)> {
    Ok(policy::document(&mut *store.read().await?, FINGERPRINT).await?)
}

/// Whether the database was last sealed with a key before the current one: a rotation was interrupted.
pub async fn sealed_with_older_key(engine: &Engine) -> anyhow::Result<bool> {
    Ok(stored_fingerprint(&engine.store).await?.0 != engine.keys.fingerprint())
}

/// A node with another master key would write what nobody else can read.
async fn check_key(engine: &Engine) -> anyhow::Result<()> {
    let (mut stored, version) = stored_fingerprint(&engine.store).await?;
    if version == 0 {
        let mut tx = engine.store.write().await?;
        tx.lock(FINGERPRINT).await?;
        let found: (String, i64) = policy::document(&mut *tx, FINGERPRINT).await?;
        if found.1 == 0 {
            policy::save_document(&mut *tx, FINGERPRINT, &engine.keys.fingerprint(), 0, engine.now()).await?;
            tx.commit().await?;
            return Ok(());
        }
        // Another node was first.
        stored = found.0;
    }
    ensure!(
        engine.keys.knows(&stored),
        "the master key in {} is not the one this database was made with; put the right key there",
        engine.config.key_file.display()
    );
    Ok(())
}

/// How long jobs may go on when the server stops, beside the requests that are under way. Longer than any send.
const LAST_JOBS: Duration = Duration::from_secs(24);

/// Runs until SIGTERM or Ctrl-C.
pub async fn serve(config: Config, demo: bool) -> anyhow::Result<()> {
    let listen = config.listen;
    let clock = Arc::new(SystemClock::default());
    #[cfg(feature = "test-seams")]
    crate::seams::hold(Arc::clone(&clock));
    if demo {
        demo_mode::check_address(&config)?;
    }
    make_data_folder(&config)?;
    let _only = only_server(&config)?;
    let engine = open(config, demo, true, clock).await?;
    // A server that could write nothing would fail everybody who needs it.
    heartbeat::beat(&engine).await.context("cannot write to the database")?;
    let demo_password = if demo { Some(demo_mode::prepare(&engine).await?) } else { None };
    let listener = TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
    if let Some(address) = engine.config.metrics_listen {
        let metrics = TcpListener::bind(address).await;
        let metrics =
            metrics.with_context(|| format!("cannot listen on {address} (REGAIN_METRICS_LISTEN)"))?;
        tokio::spawn(http::serve(metrics, http::metrics_router(&engine), stopped()));
    }
    let jobs = jobs::start(&engine);
    if let Some(password) = &demo_password {
        demo_mode::announce(&engine.config, password);
    }
    tracing::info!(%listen, "listening");
    let limits = http::Limits::of_system(&engine.config.trusted_proxies);
    let stop = async {
        stopped().await;
        engine.stopping.send_replace(true);
    };
    let mut stopping = engine.stopping.subscribe();
    let jobs = async {
        let _ = stopping.wait_for(|stopping| *stopping).await;
        jobs.end(LAST_JOBS).await;
    };
    tokio::join!(http::serve_within(limits, listener, http::router(&engine), stop), jobs);
    if let Err(error) = engine.close_refusals(true).await {
        tracing::error!(%error, "refusals that were counted are not written down");
    }
    engine.store.close().await;
    Ok(())
}

async fn stopped() {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
