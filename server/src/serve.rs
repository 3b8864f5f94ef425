//! `regain serve`: from configuration to a listening server.

use std::sync::Arc;

use anyhow::{Context as _, ensure};
use regain_core::entropy::Entropy;
use regain_core::time::Clock;
use regain_store::Store;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::ambient::{OsEntropy, SystemClock};
use crate::config::Config;
use crate::crypto::Keys;
use crate::engine::Engine;
use crate::upkeep::backup::before_migration;
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
    let store = Store::open(config.database_url.expose()).await.context("cannot open the database")?;
    let pending = store.pending_migrations().await?;
    let may = migrate || pending == 0 || store.is_new().await?;
    ensure!(may, "the database's schema is old; run: regain migrate");
    if let Some(copy) = before_migration(&config, &store, clock.now()).await? {
        tracing::info!(copy = %copy.display(), "the database was copied before its schema changes");
    }
    store.migrate().await.context("cannot bring the database's schema up to date")?;
    let entropy = Arc::new(OsEntropy);
    let keys = keys(&config, &store, &*entropy).await?;
    let engine = Engine::new(config, store, keys, clock, entropy, demo);
    check_key(&engine).await?;
    engine.refresh_gateways().await?;
    Ok(engine)
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
    let mut tx = engine.store.write().await?;
    tx.lock(FINGERPRINT).await?;
    let (stored, version): (String, i64) = policy::document(&mut *tx, FINGERPRINT).await?;
    if version == 0 {
        policy::save_document(&mut *tx, FINGERPRINT, &engine.keys.fingerprint(), 0, engine.now()).await?;
        tx.commit().await?;
        return Ok(());
    }
    ensure!(
        engine.keys.knows(&stored),
        "the master key in {} is not the one this database was made with; put the right key there",
        engine.config.key_file.display()
    );
    Ok(())
}

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
    let demo_password = if demo { Some(demo_mode::prepare(&engine).await?) } else { None };
    let listener = TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
    if let Some(address) = engine.config.metrics_listen {
        let metrics = TcpListener::bind(address).await;
        let metrics =
            metrics.with_context(|| format!("cannot listen on {address} (REGAIN_METRICS_LISTEN)"))?;
        tokio::spawn(http::serve(metrics, http::metrics_router(&engine), stopped()));
    }
    jobs::start(&engine);
    if let Some(password) = &demo_password {
        demo_mode::announce(&engine.config, password);
    }
    tracing::info!(%listen, "listening");
    http::serve(listener, http::router(&engine), stopped()).await;
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
