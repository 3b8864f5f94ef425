//! Stands in front of a directory and falls silent when a test says so: what a frozen server or a dead line looks like,
//! while everybody else goes on using the directory. Threads, so that it does not depend on the test's runtime.
#![allow(unreachable_pub, dead_code)]

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// Longer than any of these tests lets a directory take.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The request: the directory never hears of it.
    Request,
    /// The answer: the directory has done it.
    Answer,
}

/// Carries bytes to a directory and back.
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// After so many more requests this is lost, and all that follows.
    plan: Option<(u32, Lost)>,
    is_silent: bool,
    is_closed: bool,
    /// The socket itself is closed.
    is_down: bool,
    lines: Vec<TcpStream>,
    /// Connections whose near end hung up.
    hung_up: usize,
    opened: usize,
}

impl Proxy {
    /// In front of `url`, at the same address, which the certificate names.
    pub fn before(url: &str) -> Self {
        let target = target(url);
        Self::at(target.ip(), target)
    }

    /// The same at another address.
    pub fn elsewhere(address: IpAddr, url: &str) -> Self {
        Self::at(address, target(url))
    }

    fn at(address: IpAddr, target: SocketAddr) -> Self {
        let listener = TcpListener::bind((address, 0)).expect("a port");
        let address = listener.local_addr().expect("its address");
        let shared = Arc::<Shared>::default();
        let accepting = Arc::clone(&shared);
        std::thread::spawn(move || {
            accept(&listener, target, &accepting);
            drop(listener);
            accepting.state().is_down = true;
            accepting.changed.notify_all();
        });
        Self { address, shared }
    }

    /// LDAPS, through here.
    pub fn url(&self) -> String {
        format!("ldaps://{}", self.address)
    }

    /// Lets `requests` more of them pass with their answers; then this is lost, and everything after it. Before there is a
    /// connection, the end of the handshake counts as one.
    pub fn lose_after(&self, requests: u32, lost: Lost) {
        self.shared.state().plan = Some((requests, lost));
    }

    /// Cuts all connections and takes no more: the server went down.
    pub fn go_down(&self) {
        {
            let mut state = self.shared.state();
            state.is_closed = true;
            for line in state.lines.drain(..) {
                let _ = line.shutdown(Shutdown::Both);
            }
        }
        // Wakes the thread that accepts, which then closes its socket.
        let _ = TcpStream::connect(self.address);
        self.wait_while("the proxy did not close", |state| !state.is_down);
    }

    /// Waits until the client has closed its connections.
    pub fn wait_until_hung_up(&self) {
        self.wait_while("a connection was left open", |state| state.hung_up < state.opened);
    }

    fn wait_while(&self, problem: &str, condition: impl Fn(&State) -> bool) {
        let state = self.shared.state();
        let waited = self.shared.changed.wait_timeout_while(state, PATIENCE, |state| condition(state));
        assert!(!waited.expect("a lock").1.timed_out(), "{problem}");
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("a lock")
    }

    /// Whether a request may go to the directory.
    fn passes(&self) -> bool {
        let mut state = self.state();
        if state.is_silent {
            return false;
        }
        match state.plan {
            Some((0, lost)) => {
                state.is_silent = true;
                lost == Lost::Answer
            }
            Some((left, lost)) => {
                state.plan = Some((left - 1, lost));
                true
            }
            None => true,
        }
    }
}

fn target(url: &str) -> SocketAddr {
    let host = url.strip_prefix("ldaps://").expect("LDAPS");
    host.parse().unwrap_or_else(|_| SocketAddr::new(host.parse().expect("an address"), 636))
}

fn accept(listener: &TcpListener, target: SocketAddr, shared: &Arc<Shared>) {
    for near in listener.incoming() {
        let mut state = shared.state();
        if state.is_closed {
            break;
        }
        let (Ok(near), Ok(far)) = (near, TcpStream::connect(target)) else { continue };
        state.opened += 1;
        state.lines.extend([&near, &far].map(|line| line.try_clone().expect("a handle")));
        let [near_out, far_out] = [&near, &far].map(|line| line.try_clone().expect("a handle"));
        let (there, back) = (Arc::clone(shared), Arc::clone(shared));
        std::thread::spawn(move || carry_requests(near, far_out, &there));
        std::thread::spawn(move || carry_answers(far, near_out, &back));
    }
}

/// Of TLS records that carry what the two say to each other (RFC 8446, 5.1): in the handshake the client's last word is one
/// as well, and then each request is, since none is sent before the last is answered.
const APPLICATION_DATA: u8 = 23;

fn carry_requests(mut near: TcpStream, mut far: TcpStream, shared: &Shared) {
    let mut record = vec![0; 5];
    while near.read_exact(&mut record[..5]).is_ok() {
        let length = usize::from(u16::from_be_bytes([record[3], record[4]]));
        record.resize(5 + length, 0);
        if near.read_exact(&mut record[5..]).is_err() {
            break;
        }
        let passes = if record[0] == APPLICATION_DATA { shared.passes() } else { !shared.state().is_silent };
        if passes && far.write_all(&record).is_err() {
            break;
        }
    }
    let mut state = shared.state();
    state.hung_up += 1;
    if !state.is_silent {
        let _ = far.shutdown(Shutdown::Both);
    }
    drop(state);
    shared.changed.notify_all();
}

fn carry_answers(mut far: TcpStream, mut near: TcpStream, shared: &Shared) {
    let mut bytes = [0; 16384];
    while let Ok(read @ 1..) = far.read(&mut bytes) {
        if !shared.state().is_silent && near.write_all(&bytes[..read]).is_err() {
            break;
        }
    }
    if !shared.state().is_silent {
        let _ = near.shutdown(Shutdown::Both);
    }
}
