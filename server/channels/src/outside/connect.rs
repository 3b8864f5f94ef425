//! From a target to a connection, at the address that was judged.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::{FORBIDDEN, Outside, Proxy, Target, no_answer};
use crate::SendError;

/// A connection of either kind.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// The longest answer of a proxy that is read.
const MOST_PROXY_ANSWER: usize = 4096;

impl Outside {
    /// Connects, within nobody's patience but the caller's.
    pub(crate) async fn connect(&self, target: &Target) -> Result<Box<dyn Stream>, SendError> {
        let proxy = self.proxy.as_ref().filter(|proxy| target.secure && proxy.serves(&target.host));
        let stream = match proxy {
            Some(proxy) => self.through(proxy, target).await?,
            None => dial(&self.resolve(target).await?).await?,
        };
        if !target.secure {
            return Ok(Box::new(stream));
        }
        let name = ServerName::try_from(target.host.clone()).map_err(|_| no_answer())?;
        let stream = TlsConnector::from(tls()).connect(name, stream).await.map_err(|_| no_answer())?;
        Ok(Box::new(stream))
    }

    /// Asks for the name once, and keeps the addresses that requests may go to.
    async fn resolve(&self, target: &Target) -> Result<Vec<SocketAddr>, SendError> {
        let found = lookup_host((target.host.as_str(), target.port)).await.map_err(|_| no_answer())?;
        let (allowed, others): (Vec<_>, Vec<_>) =
            found.partition(|address| self.may_reach(address.ip(), target.secure));
        match (allowed.is_empty(), others.is_empty()) {
            (false, _) => Ok(allowed),
            (true, true) => Err(no_answer()),
            (true, false) => Err(SendError::Temporary(FORBIDDEN.to_owned())),
        }
    }

    /// Through the machine's proxy, which resolves names by itself: what a name means here is judged nevertheless, if it
    /// means anything here.
    async fn through(&self, proxy: &Proxy, target: &Target) -> Result<TcpStream, SendError> {
        if let Err(refused @ SendError::Temporary(_)) = self.resolve(target).await
            && refused.to_string() == FORBIDDEN
        {
            return Err(refused);
        }
        let proxies = lookup_host((proxy.host.as_str(), proxy.port)).await.map_err(|_| no_answer())?;
        let mut stream = dial(&proxies.collect::<Vec<_>>()).await?;
        let ask = proxy.connect_request(&target.host, target.port);
        stream.write_all(ask.as_bytes()).await.map_err(|_| no_answer())?;
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            if answer.len() > MOST_PROXY_ANSWER {
                return Err(no_answer());
            }
            answer.push(stream.read_u8().await.map_err(|_| no_answer())?);
        }
        let granted = answer.starts_with(b"HTTP/1.1 200") || answer.starts_with(b"HTTP/1.0 200");
        if granted { Ok(stream) } else { Err(no_answer()) }
    }
}

async fn dial(addresses: &[SocketAddr]) -> Result<TcpStream, SendError> {
    for address in addresses {
        if let Ok(stream) = TcpStream::connect(address).await {
            return Ok(stream);
        }
    }
    Err(no_answer())
}

/// What the machine trusts, read once.
fn tls() -> Arc<ClientConfig> {
    static TLS: OnceLock<Arc<ClientConfig>> = OnceLock::new();
    Arc::clone(TLS.get_or_init(|| {
        let mut roots = RootCertStore::empty();
        let found = rustls_native_certs::load_native_certs();
        let (_, unusable) = roots.add_parsable_certificates(found.certs);
        if roots.is_empty() {
            tracing::warn!(
                unusable,
                "the machine trusts no certificate authority: gateways cannot be reached"
            );
        }
        Arc::new(config(roots))
    }))
}

fn config(roots: RootCertStore) -> ClientConfig {
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    #[expect(clippy::expect_used, reason = "ring knows the versions that rustls speaks")]
    let builder = builder.with_safe_default_protocol_versions().expect("versions");
    builder.with_root_certificates(roots).with_no_client_auth()
}
