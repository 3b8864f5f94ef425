//! Requests to other people's servers, which cannot be turned against the inside (T127): https alone, the name resolved
//! once, each address looked at as a number, the connection made to the address that was looked at, no redirect
//! followed. Networks that gateways may live in are named by the configuration, never by the portal.

mod address;
mod connect;
mod proxy;
mod url;

use http::{HeaderName, HeaderValue, Request, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use regain_core::network::Network;
use regain_core::time::Duration;

use crate::SendError;

pub use proxy::Proxy;
pub use url::{Target, UrlProblem};

/// Name, connection and TLS: a dead gateway must not hold up the next one.
const CONNECT: Duration = Duration::from_secs(3);
/// The whole request.
const REQUEST: Duration = Duration::from_secs(10);
/// More than any gateway has to say.
const MOST_ANSWER: usize = 64 * 1024;
/// Said of everything between a closed port and nonsense behind an open one: pages must not map a network.
const NO_ANSWER: &str = "the gateway gave no usable answer";
pub(crate) const FORBIDDEN: &str = "the gateway’s address is in a network that requests may not go to";

/// Where requests may go, and through what.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    /// Networks in which gateways may live though they are not public; there also without TLS.
    pub gateway_networks: Vec<Network>,
    /// The proxy for everything else, if the machine has one.
    pub proxy: Option<Proxy>,
}

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The body: for programs, never for pages.
    pub body: Vec<u8>,
}

impl Outside {
    /// Everywhere that is public, and nowhere else.
    pub(crate) fn public(proxy: Option<Proxy>) -> Self {
        Self { gateway_networks: Vec::new(), proxy }
    }

    /// Everywhere: for what the configuration names whole.
    pub(crate) fn anywhere(proxy: Option<Proxy>) -> Self {
        let all = ["0.0.0.0/0", "::/0"].into_iter().filter_map(Network::parse);
        Self { gateway_networks: all.collect(), proxy }
    }

    /// Posts a body. [`SendError::Temporary`]: it surely was not taken; [`SendError::Unknown`]: it may have been.
    pub(crate) async fn post(
        &self,
        url: &str,
        headers: &[(HeaderName, String)],
        body: String,
    ) -> Result<Reply, SendError> {
        let target = self.target(url).map_err(|problem| SendError::Temporary(problem.to_string()))?;
        let stream = tokio::time::timeout(CONNECT, self.connect(&target)).await;
        let stream = stream.map_err(|_| no_answer()).and_then(|stream| stream)?;
        let request = request(&target, headers, body)?;
        let (mut sender, connection) =
            http1::handshake(TokioIo::new(stream)).await.map_err(|_| no_answer())?;
        let driver = tokio::spawn(connection);
        let exchange = async {
            // Once it is handed to the connection nobody can say whether it was read.
            let response = sender.send_request(request).await.map_err(|error| {
                if error.is_canceled() { no_answer() } else { SendError::Unknown(NO_ANSWER.to_owned()) }
            })?;
            let status = response.status().as_u16();
            // Without a body the status still tells.
            let body = Limited::new(response.into_body(), MOST_ANSWER).collect().await;
            Ok(Reply { status, body: body.map(|body| body.to_bytes().to_vec()).unwrap_or_default() })
        };
        let reply = tokio::time::timeout(REQUEST, exchange).await;
        driver.abort();
        reply.unwrap_or_else(|_| Err(SendError::Unknown(NO_ANSWER.to_owned())))
    }
}

fn request(
    target: &Target,
    headers: &[(HeaderName, String)],
    body: String,
) -> Result<Request<Full<Bytes>>, SendError> {
    let unusable = || SendError::Temporary("the gateway’s settings cannot be sent".to_owned());
    let mut request = Request::post(&target.path)
        .header(header::HOST, target.authority())
        .header(header::USER_AGENT, "Regain")
        .header(header::ACCEPT, "application/json");
    for (name, value) in headers {
        request = request.header(name, HeaderValue::from_str(value).map_err(|_| unusable())?);
    }
    request.body(Full::from(body)).map_err(|_| unusable())
}

fn no_answer() -> SendError {
    SendError::Temporary(NO_ANSWER.to_owned())
}
