//! Further servers on the same database, and a network between a server and its database that can fall silent.

use std::net::SocketAddr;
use std::sync::Arc;

use regain_core::secret::Secret;
use regain_server::ambient::{OsEntropy, SystemClock};
use regain_server::config::Config;
use regain_server::crypto::Keys;
use regain_server::engine::Engine;
use regain_server::http;
use regain_store::Store;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};

use super::{Browser, TestApp};

/// One more server. It stops when it is dropped.
pub struct Node {
    pub engine: Arc<Engine>,
    pub clock: Arc<SystemClock>,
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
}

impl Node {
    /// A server beside that of a test: the same database and key, and the same time.
    pub async fn beside(app: &TestApp) -> Self {
        Self::on(app.engine.config.clone(), Arc::clone(&app.clock)).await
    }

    /// The same, with a clock of its own, that reaches its database through a network.
    pub async fn through(app: &TestApp, proxy: &Proxy) -> Self {
        let url = app.engine.config.database_url.expose();
        let (before, name) = url.rsplit_once('/').unwrap();
        let user = before.split_once("://").unwrap().1.split_once('@').unwrap().0;
        let database_url = Secret::from(format!("postgres://{user}@{}/{name}", proxy.address));
        let config = Config { database_url, ..app.engine.config.clone() };
        Self::on(config, Arc::new(SystemClock::default())).await
    }

    async fn on(config: Config, clock: Arc<SystemClock>) -> Self {
        let store = Store::open(config.database_url.expose()).await.unwrap();
        let keys = Keys::load(&config.key_file, false, &OsEntropy).unwrap();
        let engine = Engine::new(config, store, keys, clock.clone(), Arc::new(OsEntropy), true);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let router = http::router(&engine);
        tokio::spawn(http::serve(listener, router, async move {
            let _ = stopped.await;
        }));
        Self { engine, clock, address, stop: Some(stop) }
    }

    /// A browser without cookies.
    pub fn browser(&self) -> Browser {
        Browser::at(self.address)
    }

    /// The server is gone, and its way to the database with it.
    pub async fn die(mut self) {
        drop(self.stop.take());
        self.engine.store.close().await;
    }
}

/// A network between a server and its database.
pub struct Proxy {
    pub address: SocketAddr,
    silent: watch::Sender<bool>,
}

impl Proxy {
    /// One that leads to the database of a test.
    pub async fn to(app: &TestApp) -> Self {
        let url = app.engine.config.database_url.expose();
        let host = url.split_once('@').unwrap().1.split_once('/').unwrap().0.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (silent, hears) = watch::channel(false);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, host.clone(), hears.clone()));
            }
        });
        Self { address, silent }
    }

    /// From now on nothing gets through, and nobody is told.
    pub fn fall_silent(&self) {
        self.silent.send_replace(true);
    }

    /// New connections get through; what was under way is lost.
    pub fn recover(&self) {
        self.silent.send_replace(false);
    }
}

/// Carries bytes until the network falls silent, and then keeps the connection, dead, for as long as its client does.
async fn carry(mut client: TcpStream, host: String, mut silent: watch::Receiver<bool>) {
    if !*silent.borrow() {
        let mut server = TcpStream::connect(host).await.unwrap();
        tokio::select! {
            _ = copy_bidirectional(&mut client, &mut server) => return,
            _ = silent.wait_for(|silent| *silent) => {}
        }
    }
    // Nobody reads: what the client sends lies in the buffers of the system.
    let _ = client.ready(tokio::io::Interest::ERROR).await;
}
