//! Servers that cannot be reached, or not safely.

use std::sync::Arc;

use regain_core::secret::Secret;
use regain_core::time::{Duration, ManualClock};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::{NOW, settings};
use crate::kind::Kind;
use crate::outcome::{Away, BindVerdict};
use crate::{Directory, Limits, Person, Session, SetOptions};

fn directory(servers: &[String]) -> (Directory, Arc<ManualClock>) {
    let mut settings = settings(Kind::OpenLdap);
    settings.servers = servers.iter().map(|server| server.parse().unwrap()).collect();
    let clock = Arc::new(ManualClock::at(NOW));
    let limits = Limits { connect: Duration::from_millis(300), ..Limits::default() };
    let shared: Arc<ManualClock> = Arc::clone(&clock);
    (Directory::with_limits(settings, shared, limits).unwrap(), clock)
}

/// A server that says `greeting` once it heard something, and its port. It counts who came.
async fn server(greeting: &'static [u8]) -> (u16, Arc<std::sync::atomic::AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let came = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counter = Arc::clone(&came);
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            if !greeting.is_empty() {
                let _ = stream.read(&mut [0; 1024]).await;
                let _ = stream.write_all(greeting).await;
            }
            open.push(stream);
        }
    });
    (port, came)
}

async fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}

async fn reached(server: String) -> Away {
    directory(&[server]).0.connect().await.err().unwrap()
}

#[tokio::test]
async fn each_way_to_fail_has_its_name() {
    let closed = closed_port().await;
    assert_eq!(reached(format!("ldaps://127.0.0.1:{closed}")).await, Away::NotReached);
    let (silent, _) = server(b"").await;
    assert_eq!(reached(format!("ldaps://127.0.0.1:{silent}")).await, Away::Silent);
    assert_eq!(reached(format!("ldap://127.0.0.1:{silent}")).await, Away::Silent);
    let (other, _) = server(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
    assert_eq!(reached(format!("ldaps://127.0.0.1:{other}")).await, Away::NoTls);
    assert_eq!(reached(format!("ldap://127.0.0.1:{other}")).await, Away::Garbled);
}

#[tokio::test]
async fn without_starttls_nothing_more_is_said() {
    let (refusing, came) = server(b"\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x02\x04\x00\x04\x00").await;
    assert_eq!(reached(format!("ldap://127.0.0.1:{refusing}")).await, Away::NoTls);
    assert_eq!(came.load(std::sync::atomic::Ordering::SeqCst), 1);
}

#[tokio::test]
async fn after_five_failures_nobody_asks_for_ten_seconds() {
    let (port, came) = server(b"nonsense").await;
    let (directory, clock) = directory(&[format!("ldaps://127.0.0.1:{port}")]);
    let count = || came.load(std::sync::atomic::Ordering::SeqCst);
    for _ in 0..5 {
        assert_eq!(directory.connect().await.err(), Some(Away::NoTls));
    }
    assert_eq!(directory.connect().await.err(), Some(Away::Resting(Duration::from_secs(10))));
    let judged = directory.check_password("uid=a", &Secret::from("a")).await;
    assert_eq!(judged, Err(Away::Resting(Duration::from_secs(10))));
    assert_eq!(count(), 5);
    clock.advance(Duration::from_secs(10));
    assert_eq!(directory.connect().await.err(), Some(Away::NoTls));
    assert_eq!(directory.connect().await.err(), Some(Away::Resting(Duration::from_secs(10))));
    assert_eq!(count(), 6);
}

#[tokio::test]
async fn the_next_server_is_asked_where_the_first_does_not_answer() {
    let closed = closed_port().await;
    let (port, came) = server(b"nonsense").await;
    let servers = [format!("ldaps://127.0.0.1:{closed}"), format!("ldaps://127.0.0.1:{port}")];
    let (directory, _) = directory(&servers);
    // The reason is that of the first.
    assert_eq!(directory.connect().await.err(), Some(Away::NotReached));
    assert_eq!(came.load(std::sync::atomic::Ordering::SeqCst), 1);
    let second = directory.settings().servers[1].clone();
    assert_eq!(directory.connect_to(&second).await.err(), Some(Away::NoTls));
}

#[test]
fn everything_can_be_awaited_on_another_thread() {
    fn sent<T: Send>(_: T) {}
    async fn all(directory: &Directory, session: Session, person: Person) {
        sent(directory.connect());
        sent(directory.check_password("", &Secret::default()));
        sent(session.root());
        sent(session.find(""));
        sent(session.person(&person.id));
        sent(session.people().next());
        sent(session.groups().next());
        sent(session.rules(&person));
        sent(session.rights(&person));
        sent(session.set_password(&person, &Secret::default(), SetOptions::default()));
        sent(session.change_password(&person, &Secret::default(), &Secret::default()));
        sent(session.unlock(&person));
        sent(session.clear_must_change(&person));
    }
    let _ = all;
}

#[tokio::test]
async fn a_bind_without_a_password_is_wrong_before_anybody_is_asked() {
    let (port, came) = server(b"nonsense").await;
    let (directory, _) = directory(&[format!("ldaps://127.0.0.1:{port}")]);
    for (name, password) in [("uid=a", ""), ("uid=a", "a\0b"), ("", "a"), (" ", "a"), ("uid=a\0", "a")] {
        let judged = directory.check_password(name, &Secret::from(password)).await;
        assert_eq!(judged, Ok(BindVerdict::Wrong));
    }
    assert_eq!(came.load(std::sync::atomic::Ordering::SeqCst), 0);
}
