//! Sockets: what clients may take of them, and a clean end.

mod files;
mod places;
mod progress;

use std::net::SocketAddr;
use std::pin::pin;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use regain_core::network::Network;
use regain_core::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

use places::{Place, Places};
use progress::Progress;

/// What a connection's place allows its requests; it travels with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowed {
    pub(super) seat: Seat,
    /// Until its answer must have begun.
    pub(super) within: Duration,
}

pub(super) use places::Seat;

/// Requests under way get this long after SIGTERM.
const DRAIN: Duration = Duration::from_secs(25);
/// How long to wait when the process has run out of file descriptors, before accepting again.
const BACK_OFF: Duration = Duration::from_millis(100);
/// More than any head of ours needs, cookies included. What a connection may make us remember.
const READ_AHEAD: usize = 64 * 1024;

/// What clients may take of a listener.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// A client that takes longer for its request's head is let go (security reference T135); a silent one, too.
    pub head: Duration,
    /// A request that takes longer until its answer begins is given up, a slow body included.
    pub request: Duration,
    /// A client that takes nothing of an answer for so long is let go.
    pub stalled: Duration,
    /// So many connections at once.
    pub places: usize,
    /// So many of them from one source; proxies that are trusted stand for many and have no share.
    pub share: usize,
    /// Connections beyond these, on which only health answers. The newest may have one: it takes the place of the oldest.
    pub reserve: usize,
    /// The proxies.
    pub trusted: Vec<Network>,
}

impl Limits {
    /// As many as the system lets this process have.
    pub fn of_system(trusted: &[Network]) -> Self {
        let places = files::room_for_connections();
        Self {
            head: Duration::from_secs(10),
            request: Duration::from_secs(15),
            stalled: Duration::from_secs(30),
            places,
            share: (places / 8).max(8),
            reserve: files::RESERVE,
            trusted: trusted.to_vec(),
        }
    }
}

/// Serves until `stop` is done, then lets requests under way finish. No proxy is trusted.
pub async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    serve_within(Limits::of_system(&[]), listener, router, stop).await;
}

/// The same, within these limits.
pub async fn serve_within(
    limits: Limits,
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let places = Places::new(&limits);
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let place = places.take(peer.ip());
                    connect(&limits, stream, peer, router.clone(), &graceful, place);
                }
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

/// HTTP/1.1 alone: what a proxy speaks, and its deadline runs from the first moment. To tell HTTP/2 from it would take
/// a byte that a silent client never sends.
fn connect(
    limits: &Limits,
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    graceful: &GracefulShutdown,
    place: Place,
) {
    let _ = stream.set_nodelay(true);
    let allowed = Allowed { seat: place.seat(), within: limits.request };
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(allowed);
        router.clone().oneshot(request.map(Body::new))
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(READ_AHEAD)
        .keep_alive(allowed.seat == Seat::Usual);
    let io = TokioIo::new(Progress::new(stream, limits.stalled));
    let watched = graceful.watch(builder.serve_connection(io, service));
    let ended = place.ended();
    tokio::spawn(async move {
        tokio::select! {
            // A client that goes away is no event.
            _ = watched => {}
            () = ended => {}
        }
        drop(place);
    });
}
