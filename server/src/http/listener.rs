//! Sockets: time limits for slow clients, and a clean end.

use std::net::SocketAddr;
use std::pin::pin;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use regain_core::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

/// A client that takes longer for its request's head is let go (security reference T135).
const HEADER_DEADLINE: Duration = Duration::from_secs(10);
/// Requests under way get this long after SIGTERM.
const DRAIN: Duration = Duration::from_secs(25);
/// How long to wait when the process has run out of file descriptors, before accepting again.
const BACK_OFF: Duration = Duration::from_millis(100);

/// Serves until `stop` is done, then lets requests under way finish.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => spawn(stream, peer, router.clone(), &graceful),
                Err(error) => {
                    tracing::warn!(%error, "cannot accept a connection");
                    tokio::time::sleep(BACK_OFF).await;
                }
            },
        }
    }
    drop(listener);
    if tokio::time::timeout(DRAIN, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were still under way after 25 s");
    }
}

fn spawn(stream: TcpStream, peer: SocketAddr, router: Router, graceful: &GracefulShutdown) {
    let _ = stream.set_nodelay(true);
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.map(axum::body::Body::new)
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_DEADLINE);
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(100);
    let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let watched = graceful.watch(connection.into_owned());
    tokio::spawn(async move {
        // A client that goes away is no event.
        let _ = watched.await;
    });
}
