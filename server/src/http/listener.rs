//! Sockets: limits for slow clients and for many, and a clean end.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use regain_core::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt as _;

/// Requests under way get this long after SIGTERM.
const DRAIN: Duration = Duration::from_secs(25);
/// How long to wait when the process has run out of file descriptors, before accepting again.
const BACK_OFF: Duration = Duration::from_millis(100);
/// File descriptors for everything that is no connection of a client: the database, mail, the log.
const OTHER_FILES: usize = 96;
/// Connections even where the process may open hardly any file.
const FEWEST: usize = 16;
/// Connections at most: each costs memory, too.
const MOST: usize = 10_000;
/// The usual limit of open files, where the system does not say.
const USUAL_FILES: usize = 1024;

/// What clients may take of a listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A client that takes longer for its request's head is let go (security reference T135); a silent one, too.
    pub head: Duration,
    /// So many connections at once; the next one waits.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
        let files = open_files(&limits).unwrap_or(USUAL_FILES);
        Self {
            head: Duration::from_secs(10),
            connections: files.saturating_sub(OTHER_FILES).clamp(FEWEST, MOST),
        }
    }
}

/// The soft limit of open files, as Linux tells it; `None` when there is none, or it is not told.
fn open_files(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Serves until `stop` is done, then lets requests under way finish.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    serve_within(Limits::default(), listener, router, stop).await;
}

/// The same, within other limits than the usual ones.
pub async fn serve_within(
    limits: Limits,
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(limits.connections));
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener, &places) => {
                if let Some((stream, peer, place)) = accepted {
                    spawn(limits, stream, peer, router.clone(), &graceful, place);
                }
            },
        }
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were still under way after 25 s");
    }
}

/// The next connection, as soon as there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, place)),
        Err(error) => {
            tracing::warn!(%error, "cannot accept a connection");
            tokio::time::sleep(BACK_OFF).await;
            None
        }
    }
}

/// HTTP/1.1 alone: what a proxy speaks, and its deadline runs from the first moment. To tell HTTP/2 from it would take
/// a byte that a silent client never sends.
fn spawn(
    limits: Limits,
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    graceful: &GracefulShutdown,
    place: OwnedSemaphorePermit,
) {
    let _ = stream.set_nodelay(true);
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.map(axum::body::Body::new)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.head);
    let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let watched = graceful.watch(connection);
    tokio::spawn(async move {
        // A client that goes away is no event.
        let _ = watched.await;
        drop(place);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_of_open_files_is_read() {
        let told = "Max processes  10  10  processes\nMax open files            128                  4096                 files\n";
        assert_eq!(open_files(told), Some(128));
        assert_eq!(
            open_files("Max open files            unlimited            unlimited            files"),
            None
        );
        assert_eq!(open_files(""), None);
    }
}
