//! One POST to a push service. Its address comes from a browser, so it may be aimed at the inside: names are resolved
//! here, every address is judged, and the connection goes to the very address that was judged (T127). Redirects are
//! not followed.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};

use http::{HeaderMap, Request, Uri};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use ipnet::IpNet;
use regain_core::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

use super::PushError;

const DEADLINE: Duration = Duration::from_secs(20);

/// The client.
pub(super) struct Client {
    inside: Vec<IpNet>,
    tls: OnceLock<Option<Arc<ClientConfig>>>,
}

/// What the service said; its words are of no use.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) retry_after: Option<Duration>,
}

fn later(error: impl std::fmt::Display) -> PushError {
    PushError::Later(None, error.to_string())
}

impl Client {
    /// Inside addresses are reached in these networks alone.
    pub(super) fn new(inside: Vec<IpNet>) -> Self {
        Self { inside, tls: OnceLock::new() }
    }

    pub(super) async fn post(&self, request: Request<Vec<u8>>) -> Result<Answer, PushError> {
        tokio::time::timeout(DEADLINE, self.post_now(request))
            .await
            .unwrap_or_else(|_| Err(later("no answer")))
    }

    async fn post_now(&self, request: Request<Vec<u8>>) -> Result<Answer, PushError> {
        let uri = request.uri().clone();
        let secure = uri.scheme_str() == Some("https");
        let host = uri.host().ok_or_else(|| PushError::Refused("the endpoint has no host".to_owned()))?;
        let host = host.trim_matches(['[', ']']).to_owned();
        let stream = self.connect(&uri, &host, secure).await?;
        if !secure {
            return exchange(stream, request).await;
        }
        let config = self.tls.get_or_init(tls).clone().ok_or_else(|| later("no certificates to trust"))?;
        let name = ServerName::try_from(host).map_err(|_| PushError::Refused("no such host".to_owned()))?;
        let stream = TlsConnector::from(config).connect(name, stream).await.map_err(later)?;
        exchange(stream, request).await
    }

    async fn connect(&self, uri: &Uri, host: &str, secure: bool) -> Result<TcpStream, PushError> {
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let found: Vec<SocketAddr> = tokio::net::lookup_host((host, port)).await.map_err(later)?.collect();
        let address = found.iter().find(|address| self.may_reach(address.ip(), secure));
        let Some(address) = address else {
            return Err(PushError::Refused("the endpoint is on the inside".to_owned()));
        };
        TcpStream::connect(address).await.map_err(later)
    }

    /// Outside by TLS; inside only where an administrator said so, and there in clear as well.
    fn may_reach(&self, address: IpAddr, secure: bool) -> bool {
        let address = address.to_canonical();
        self.inside.iter().any(|network| network.contains(&address)) || secure && is_outside(address)
    }
}

/// Whether an address belongs to the public internet.
fn is_outside(address: IpAddr) -> bool {
    const RESERVED: [&str; 17] = [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "224.0.0.0/3",
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "fc00::/7",
        "fe80::/10",
        "ff00::/8",
    ];
    !RESERVED
        .iter()
        .filter_map(|network| network.parse::<IpNet>().ok())
        .any(|network| network.contains(&address))
}

fn tls() -> Option<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(crypto::ring::default_provider());
    let versions =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
    Some(Arc::new(versions.with_root_certificates(roots).with_no_client_auth()))
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Vec<u8>>,
) -> Result<Answer, PushError> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(later)?;
    let (mut parts, body) = request.into_parts();
    let host = parts.uri.authority().map_or_else(String::new, ToString::to_string);
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    parts.headers.insert("host", host.parse().map_err(later)?);
    parts.uri = path.parse().map_err(later)?;
    let request = Request::from_parts(parts, Full::new(Bytes::from(body)));
    // It ends when the sender is dropped.
    tokio::spawn(connection);
    let response = sender.send_request(request).await.map_err(later)?;
    Ok(Answer { status: response.status().as_u16(), retry_after: retry_after(response.headers()) })
}

/// Seconds; a date is not worth its parser here.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reaches(client: &Client, address: &str, secure: bool) -> bool {
        client.may_reach(address.parse().expect("an address"), secure)
    }

    #[test]
    fn t127_the_inside_is_not_reached() {
        let client = Client::new(Vec::new());
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "192.168.0.1",
            "172.31.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
        ] {
            assert!(!reaches(&client, inside, true), "{inside}");
        }
        for outside in ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"] {
            assert!(reaches(&client, outside, true), "{outside}");
            assert!(!reaches(&client, outside, false), "in clear: {outside}");
        }
    }

    #[test]
    fn a_network_that_is_allowed_is_reached() {
        let client = Client::new(vec!["127.0.0.0/8".parse().expect("a network")]);
        assert!(reaches(&client, "127.0.0.1", false));
        assert!(reaches(&client, "::ffff:127.0.0.1", true));
        assert!(!reaches(&client, "10.0.0.1", true));
    }
}
