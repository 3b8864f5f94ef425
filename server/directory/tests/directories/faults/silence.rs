//! Nobody answers, or not in time (F29, F30): it is said soon, nothing is taken for an answer, and the connection is closed.

use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use regain_core::secret::Secret;
use regain_directory::{Away, Failure};
use socket2::{Domain, Socket, Type};

use super::{TIGHT, directory_at, loopback};
use crate::accounts::State;
use crate::dialect::Dialect;
use crate::house::{House, find};
use crate::judges;
use crate::proxy::{Lost, Proxy};

/// Anything that takes so long hangs.
const HANGS: Duration = Duration::from_secs(15);

/// It ends in time.
async fn soon<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(HANGS, work).await.expect("an end in time")
}

/// Takes no connection and refuses none: its queue is full, and the kernel drops what else comes.
struct BlackHole {
    url: String,
    _socket: Socket,
    _queued: Vec<TcpStream>,
}

impl BlackHole {
    fn open() -> Self {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&loopback(0).into()).unwrap();
        socket.listen(0).unwrap();
        let address = socket.local_addr().unwrap().as_socket().unwrap();
        let mut queued = Vec::new();
        while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
            queued.push(stream);
        }
        Self { url: format!("ldaps://{address}"), _socket: socket, _queued: queued }
    }
}

#[tokio::test]
async fn a_black_hole_holds_nobody_up() {
    let hole = BlackHole::open();
    let directory = directory_at(std::slice::from_ref(&hole.url), None, TIGHT);
    assert_eq!(soon(directory.connect()).await.err(), Some(Away::Silent));
    let verdict = soon(directory.check_password("uid=alice", &Secret::from("secret"))).await;
    assert_eq!(verdict, Err(Away::Silent));
}

#[tokio::test]
async fn a_server_that_takes_connections_and_says_nothing_is_silent() {
    let listener = TcpListener::bind(loopback(0)).unwrap();
    let address = listener.local_addr().unwrap();
    for scheme in ["ldaps", "ldap"] {
        let directory = directory_at(&[format!("{scheme}://{address}")], None, TIGHT);
        assert_eq!(soon(directory.connect()).await.err(), Some(Away::Silent), "{scheme}");
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_left_alone_after_five_times() {
    let address = TcpListener::bind(loopback(0)).unwrap().local_addr().unwrap();
    let directory = directory_at(&[format!("ldaps://{address}")], None, TIGHT);
    for _ in 0..5 {
        assert_eq!(soon(directory.connect()).await.err(), Some(Away::NotReached));
    }
    // Somebody listens there by now, and is not asked.
    let listener = TcpListener::bind(address).unwrap();
    listener.set_nonblocking(true).unwrap();
    let rests = soon(directory.connect()).await.err();
    assert!(matches!(rests, Some(Away::Resting(_))), "{rests:?}");
    assert!(listener.accept().is_err());
}

each! {
    a_slow_sign_in_of_the_service_account_is_silence
    a_slow_answer_about_a_password_is_no_verdict
    a_slow_search_finds_nobody_and_says_so
    the_next_server_answers_for_one_that_is_down
}

async fn a_slow_sign_in_of_the_service_account_is_silence(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    let loses = async |lost| {
        let proxy = Proxy::before(&house.server.url);
        proxy.lose_after(1, lost);
        assert_eq!(soon(house.by(&proxy.url()).connect()).await.err(), Some(Away::Silent));
        proxy.wait_until_hung_up();
    };
    tokio::join!(loses(Lost::Request), loses(Lost::Answer));
}

async fn a_slow_answer_about_a_password_is_no_verdict(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    let account = house.account(State::Ordinary);
    let asks = async |password: &str| {
        let proxy = Proxy::before(&house.server.url);
        proxy.lose_after(1, Lost::Request);
        let directory = house.by(&proxy.url());
        let verdict = soon(directory.check_password(&account.dn, &Secret::from(password))).await;
        assert_eq!(verdict, Err(Away::Silent));
        proxy.wait_until_hung_up();
    };
    tokio::join!(asks(&account.password), asks("a wrong one"));
    judges::say(&house.server, &account, &account.password, judges::Verdict::Right);
}

async fn a_slow_search_finds_nobody_and_says_so(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    let account = house.account(State::Ordinary);
    let proxy = Proxy::before(&house.server.url);
    let session = house.by(&proxy.url()).connect().await.unwrap();
    let person = find(&session, &account).await;
    proxy.lose_after(0, Lost::Answer);
    assert_eq!(soon(session.find(&account.name)).await, Err(Failure::Away(Away::Silent)));
    proxy.wait_until_hung_up();
    // The answer that comes late is nobody's: nothing more is asked on this connection.
    assert_eq!(soon(session.person(&person.id)).await, Err(Failure::Away(Away::Silent)));
    assert_eq!(soon(session.unlock(&person)).await, Err(Failure::Away(Away::Silent)));
}

async fn the_next_server_answers_for_one_that_is_down(dialect: &'static Dialect, test: &str) {
    let Some(house) = House::of(dialect, test) else { return };
    let account = house.account(State::Ordinary);
    let hole = BlackHole::open();
    let refuses = TcpListener::bind(loopback(0)).unwrap().local_addr().unwrap();
    let urls = [hole.url.clone(), format!("ldaps://{refuses}"), house.server.url.clone()];
    let mut settings = house.settings(&house.server.url, &house.server.service);
    settings.servers = urls.iter().map(|url| url.parse().unwrap()).collect();
    let session = soon(house.hasty(settings.clone()).connect()).await.unwrap();
    assert_eq!(session.server(), settings.servers.last());
    find(&session, &account).await;
}
