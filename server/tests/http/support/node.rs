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
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _, copy};
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
    line: watch::Sender<Line>,
}

/// How the network is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Open,
    /// Until the server says just this.
    OpenUntil(&'static [u8]),
    Silent,
}

impl Proxy {
    /// One that leads to the database of a test.
    pub async fn to(app: &TestApp) -> Self {
        let url = app.engine.config.database_url.expose();
        let host = url.split_once('@').unwrap().1.split_once('/').unwrap().0.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let line = watch::Sender::new(Line::Open);
        let shared = line.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, host.clone(), shared.clone()));
            }
        });
        Self { address, line }
    }

    /// From now on nothing gets through, and nobody is told.
    pub fn fall_silent(&self) {
        self.line.send_replace(Line::Silent);
    }

    /// The same from the moment on at which a server asks a connection whether it lives: PostgreSQL's message *Sync* alone.
    pub fn fall_silent_at_a_question(&self) {
        self.line.send_replace(Line::OpenUntil(b"S\0\0\0\x04"));
    }

    /// Returns once nothing gets through.
    pub async fn silence(&self) {
        self.line.subscribe().wait_for(|line| *line == Line::Silent).await.unwrap();
    }

    /// New connections get through; what was under way is lost.
    pub fn recover(&self) {
        self.line.send_replace(Line::Open);
    }
}

/// Carries bytes until the network falls silent, and then keeps the connection, dead, for as long as its client does.
async fn carry(mut client: TcpStream, host: String, line: watch::Sender<Line>) {
    let mut silent = line.subscribe();
    if *silent.borrow() != Line::Silent {
        let mut server = TcpStream::connect(host).await.unwrap();
        let (mut from_client, mut to_client) = client.split();
        let (mut from_server, mut to_server) = server.split();
        tokio::select! {
            () = ask(&mut from_client, &mut to_server, &line) => return,
            _ = copy(&mut from_server, &mut to_client) => return,
            _ = silent.wait_for(|line| *line == Line::Silent) => {}
        }
    }
    // Nobody reads: what the client sends lies in the buffers of the system.
    let _ = client.ready(tokio::io::Interest::ERROR).await;
}

/// Carries what a server asks its database, until it is gone or asks what ends the line.
async fn ask(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    line: &watch::Sender<Line>,
) {
    let mut said = vec![0; 65_536];
    while let Ok(bytes @ 1..) = from.read(&mut said).await {
        let said = &said[..bytes];
        if line.send_if_modified(|line| {
            let ends = matches!(line, Line::OpenUntil(last) if *last == said);
            if ends {
                *line = Line::Silent;
            }
            ends
        }) {
            std::future::pending::<()>().await;
        }
        if to.write_all(said).await.is_err() {
            return;
        }
    }
}
