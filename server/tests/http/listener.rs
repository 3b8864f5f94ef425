//! Clients that say nothing, or not enough, or take nothing, or are too many (T135).

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::routing::get;
use http_body_util::StreamBody;
use regain_server::http::{Limits, router, serve_within};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::mpsc;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::ReceiverStream;

use crate::support::TestApp;

/// Many times any deadline here, and short against a test.
const LONG: Duration = Duration::from_secs(10);
/// A deadline that runs out.
const SHORT: Duration = Duration::from_millis(300);

/// Limits at which nothing runs out.
fn generous() -> Limits {
    Limits {
        head: LONG,
        request: LONG,
        stalled: LONG,
        places: 50,
        share: 50,
        reserve: 2,
        trusted: Vec::new(),
    }
}

async fn listen(limits: Limits, router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve_within(limits, listener, router, std::future::pending()));
    address
}

async fn regain(app: &TestApp, limits: Limits) -> SocketAddr {
    listen(limits, router(&app.engine)).await
}

/// From 127.0.0.1.
async fn open(address: SocketAddr, said: &str) -> TcpStream {
    open_from("127.0.0.1", address, said).await
}

async fn open_from(source: &str, address: SocketAddr, said: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(format!("{source}:0").parse().unwrap()).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    stream.write_all(said.as_bytes()).await.unwrap();
    stream
}

/// What comes until the server hangs up.
async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let read = tokio::time::timeout(LONG, stream.read_to_end(&mut answer)).await;
    // A reset ends it as well as a polite end does.
    let _ = read.expect("the server hung up");
    String::from_utf8_lossy(&answer).into_owned()
}

fn get_once(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
}

/// The status line of one page.
async fn page(source: &str, address: SocketAddr, path: &str) -> String {
    let mut stream = open_from(source, address, &get_once(path)).await;
    rest(&mut stream).await
}

#[tokio::test]
async fn t135_who_sends_no_head_is_let_go() {
    let app = TestApp::start().await;
    let address = regain(&app, Limits { head: SHORT, ..generous() }).await;
    for said in ["", "P", "PRI * HTTP/2.0\r\n", "GET /livez HTTP/1.1\r\nHost: localhost\r\n"] {
        let mut stream = open(address, said).await;
        let answer = rest(&mut stream).await;
        assert!(!answer.contains("200 OK"), "{said:?}: {answer}");
    }
}

#[tokio::test]
async fn t135_who_says_nothing_between_two_requests_is_let_go() {
    let app = TestApp::start().await;
    let address = regain(&app, Limits { head: SHORT, ..generous() }).await;
    let mut stream = open(address, "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n").await;
    assert!(rest(&mut stream).await.ends_with("ok"));
}

#[tokio::test]
async fn t135_a_body_that_does_not_come_is_not_waited_for_at_any_address() {
    let app = TestApp::start().await;
    let address = regain(&app, Limits { request: SHORT, ..generous() }).await;
    for (path, waits) in [
        ("/signin", true),
        ("/reset", true),
        ("/authenticator/api/pair", true),
        ("/hooks/voice/guessed", false),
        ("/hooks/delivery/00000000-0000-0000-0000-000000000000/guessed", false),
        ("/assets/none", false),
        ("/branding/none", false),
        ("/livez", false),
        ("/readyz", false),
        ("/nowhere", false),
    ] {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Cookie: __Host-regain_probe=1\r\nContent-Length: 2000\r\n\r\nu"
        );
        let answer = rest(&mut open(address, &head).await).await;
        assert!(answer.starts_with("HTTP/1.1 4"), "{path}: {answer}");
        if waits {
            assert!(
                answer.starts_with("HTTP/1.1 408") && answer.contains("That took too long"),
                "{path}: {answer}"
            );
            assert!(answer.contains("content-security-policy"), "{path}");
        }
    }
}

#[tokio::test]
async fn t135_who_takes_nothing_of_an_answer_loses_the_connection() {
    let (gone, mut is_gone) = mpsc::channel::<()>(1);
    let gone = Arc::new(std::sync::Mutex::new(Some(gone)));
    // More than the system keeps for a client that does not read.
    let endless = get(move || {
        let held = gone.lock().unwrap().take();
        async move {
            let (to, pieces) = mpsc::channel(1);
            let piece = Bytes::from(vec![b'a'; 64 * 1024]);
            tokio::spawn(async move {
                while to.send(piece.clone()).await.is_ok() {}
                drop(held);
            });
            let frames = ReceiverStream::new(pieces)
                .map(|piece| Ok::<_, std::convert::Infallible>(hyper::body::Frame::data(piece)));
            Body::new(StreamBody::new(frames))
        }
    });
    let address =
        listen(Limits { stalled: SHORT, ..generous() }, Router::new().route("/endless", endless)).await;
    let _stream = open(address, &get_once("/endless")).await;
    let told = tokio::time::timeout(LONG, is_gone.recv()).await;
    assert_eq!(told.expect("the server gave the reader up"), None);
}

#[tokio::test]
async fn t135_a_reader_who_takes_something_keeps_the_connection() {
    let body = Bytes::from(vec![b'a'; 8 * 1024 * 1024]);
    let whole = body.len();
    let large = get(move || async move { body });
    let address = listen(Limits { stalled: SHORT, ..generous() }, Router::new().route("/large", large)).await;
    let mut stream = open(address, &get_once("/large")).await;
    let mut taken = 0;
    let mut piece = vec![0; 1024 * 1024];
    loop {
        let read = tokio::time::timeout(LONG, stream.read(&mut piece)).await.expect("it goes on").unwrap();
        if read == 0 {
            break;
        }
        taken += read;
        tokio::task::yield_now().await;
    }
    assert!(taken > whole, "all of it, and the head: {taken}");
}

#[tokio::test]
async fn t135_silent_sockets_of_one_host_take_its_share_and_nothing_of_others() {
    let app = TestApp::start().await;
    let address = regain(&app, Limits { places: 40, share: 8, ..generous() }).await;
    let mut silent = Vec::new();
    for _ in 0..200 {
        silent.push(open_from("127.0.0.2", address, "").await);
    }
    // Others notice nothing.
    assert!(page("127.0.0.1", address, "/signin").await.starts_with("HTTP/1.1 200"));
    // The host itself is told, and its health checks answer.
    let busy = page("127.0.0.2", address, "/signin").await;
    assert!(busy.starts_with("HTTP/1.1 503") && busy.contains("Nothing was lost"), "{busy}");
    assert!(busy.contains("retry-after: ") && busy.contains("content-security-policy"), "{busy}");
    for path in ["/livez", "/readyz"] {
        assert!(page("127.0.0.2", address, path).await.starts_with("HTTP/1.1 200"), "{path}");
    }
    // Its share is its own again when it lets go.
    drop(silent);
    let mut again = page("127.0.0.2", address, "/signin").await;
    for _ in 0..100 {
        if again.starts_with("HTTP/1.1 200") {
            break;
        }
        again = page("127.0.0.2", address, "/signin").await;
    }
    assert!(again.starts_with("HTTP/1.1 200"), "{again}");
}

#[tokio::test]
async fn t135_where_all_places_are_taken_health_answers_and_pages_say_that_nothing_was_lost() {
    let app = TestApp::start().await;
    let address = regain(&app, Limits { places: 8, share: 2, reserve: 2, ..generous() }).await;
    let mut silent = Vec::new();
    for host in 2..=5 {
        for _ in 0..3 {
            silent.push(open_from(&format!("127.0.0.{host}"), address, "P").await);
        }
    }
    for path in ["/livez", "/readyz"] {
        assert!(page("127.0.0.1", address, path).await.starts_with("HTTP/1.1 200"), "{path}");
    }
    let busy = page("127.0.0.1", address, "/reset").await;
    assert!(busy.starts_with("HTTP/1.1 503") && busy.contains("Nothing was lost"), "{busy}");
}

#[tokio::test]
async fn t135_a_trusted_proxy_stands_for_many() {
    let app = TestApp::start().await;
    let trusted = vec!["127.0.0.2".parse().unwrap()];
    let address = regain(&app, Limits { share: 2, trusted, ..generous() }).await;
    let mut silent = Vec::new();
    for _ in 0..20 {
        silent.push(open_from("127.0.0.2", address, "").await);
    }
    assert!(page("127.0.0.2", address, "/signin").await.starts_with("HTTP/1.1 200"));
}
