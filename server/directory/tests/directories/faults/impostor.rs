//! A server on loopback that has some certificate and writes down what it is told. It never has to answer.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    date_time_ymd,
};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, Stream};

use super::loopback;

/// Longer than a client takes that hangs up.
const PATIENCE: Duration = Duration::from_secs(10);

/// An authority of the test's own.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub pem: String,
}

impl Authority {
    /// Each has a name of its own, as authorities have.
    pub fn create() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let mut params = CertificateParams::default();
        let name = format!("Authority {}", NUMBER.fetch_add(1, Ordering::Relaxed));
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }
}

/// A certificate and its key.
pub struct Identity {
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
}

/// What is in a certificate.
pub struct Wanted {
    pub name: &'static str,
    /// From the first of January to the last of December.
    pub years: (i32, i32),
    pub purpose: ExtendedKeyUsagePurpose,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { name: "127.0.0.1", years: (2020, 2049), purpose: ExtendedKeyUsagePurpose::ServerAuth }
    }
}

impl Wanted {
    fn params(&self) -> CertificateParams {
        let mut params = CertificateParams::new([self.name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(self.years.0, 1, 1);
        params.not_after = date_time_ymd(self.years.1, 12, 31);
        params.extended_key_usages = vec![self.purpose.clone()];
        params
    }

    pub fn signed_by(&self, authority: &Authority) -> Identity {
        let key = KeyPair::generate().unwrap();
        let certificate = self.params().signed_by(&key, &authority.issuer).unwrap();
        Identity { certificate: certificate.der().clone(), key: key.serialize_der() }
    }

    pub fn self_signed(&self) -> Identity {
        let key = KeyPair::generate().unwrap();
        let certificate = self.params().self_signed(&key).unwrap();
        Identity { certificate: certificate.der().clone(), key: key.serialize_der() }
    }
}

/// How it greets.
pub enum Greeting {
    /// TLS from the first byte on.
    Tls(Identity),
    /// This answer to StartTLS, and then TLS.
    StartTls(&'static [u8], Identity),
    /// This answer to StartTLS, and then nothing.
    Nothing(&'static [u8]),
}

/// What one connection brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// In the clear.
    pub plain: Vec<u8>,
    /// Under TLS.
    pub encrypted: Vec<u8>,
}

/// A server for one connection.
pub struct Impostor {
    pub address: SocketAddr,
    thread: JoinHandle<Heard>,
}

impl Impostor {
    pub fn start(greeting: Greeting) -> Self {
        let listener = TcpListener::bind(loopback(0)).unwrap();
        let address = listener.local_addr().unwrap();
        let thread = std::thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            listen(stream, greeting)
        });
        Self { address, thread }
    }

    /// What it was told until the client hung up.
    pub fn heard(self) -> Heard {
        self.thread.join().unwrap()
    }
}

/// The request for StartTLS has 31 bytes.
const REQUEST: usize = 31;

fn listen(mut stream: TcpStream, greeting: Greeting) -> Heard {
    let mut heard = Heard::default();
    let (answer, identity) = match greeting {
        Greeting::Tls(identity) => return Heard { encrypted: under_tls(stream, identity), ..heard },
        Greeting::StartTls(answer, identity) => (answer, Some(identity)),
        Greeting::Nothing(answer) => (answer, None),
    };
    heard.plain.resize(REQUEST, 0);
    stream.read_exact(&mut heard.plain).unwrap();
    stream.write_all(answer).unwrap();
    match identity {
        Some(identity) => heard.encrypted = under_tls(stream, identity),
        None => {
            let _ = stream.read_to_end(&mut heard.plain);
        }
    }
    heard
}

/// Everything that comes after the handshake, up to the first pause.
fn under_tls(mut stream: TcpStream, identity: Identity) -> Vec<u8> {
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let key = PrivatePkcs8KeyDer::from(identity.key);
    let config = builder.with_single_cert(vec![identity.certificate], key.into()).unwrap();
    let mut connection = ServerConnection::new(Arc::new(config)).unwrap();
    let mut bytes = vec![0; 4096];
    // A client that likes nothing of this hangs up, which is an error here.
    let read = Stream::new(&mut connection, &mut stream).read(&mut bytes).unwrap_or_default();
    bytes.truncate(read);
    bytes
}
