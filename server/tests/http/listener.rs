//! Clients that say nothing, or not enough (T135).

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use regain_server::http::{Limits, serve_within};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Many times the deadline, and short against a test.
const LONG: Duration = Duration::from_secs(5);

async fn listen(connections: usize) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/livez", get(|| async { "ok" }));
    let limits = Limits { head: Duration::from_millis(200), connections };
    tokio::spawn(serve_within(limits, listener, router, std::future::pending()));
    address
}

async fn open(address: SocketAddr, said: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
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

#[tokio::test]
async fn t135_who_sends_no_head_is_let_go() {
    let address = listen(10).await;
    for said in ["", "P", "PRI * HTTP/2.0\r\n", "GET /livez HTTP/1.1\r\nHost: regain\r\n"] {
        let mut stream = open(address, said).await;
        let answer = rest(&mut stream).await;
        assert!(!answer.contains("200 OK"), "{said:?}: {answer}");
    }
}

#[tokio::test]
async fn t135_silent_sockets_take_the_places_of_others_for_a_moment_only() {
    let address = listen(2).await;
    let _silent = (open(address, "").await, open(address, "P").await);
    let mut stream = open(address, "GET /livez HTTP/1.1\r\nHost: regain\r\nConnection: close\r\n\r\n").await;
    assert!(rest(&mut stream).await.ends_with("ok"));
}
