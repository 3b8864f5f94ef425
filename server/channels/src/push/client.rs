//! One POST to a push service. Its address comes from a browser, so it may be aimed at the inside: [`Outside`] judges where
//! it leads, as it does for gateways (T127). Redirects are not followed.

use std::sync::Arc;

use http::{HeaderMap, Request, header};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use regain_core::time::Duration;

use super::PushError;
use crate::outside::{FORBIDDEN, Outside, Target, UrlProblem};

const DEADLINE: Duration = Duration::from_secs(20);

/// The client.
pub(super) struct Client {
    outside: Arc<Outside>,
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

fn inside() -> PushError {
    PushError::Refused("the endpoint is on the inside".to_owned())
}

impl Client {
    pub(super) fn new(outside: Arc<Outside>) -> Self {
        Self { outside }
    }

    pub(super) async fn post(&self, request: Request<Vec<u8>>) -> Result<Answer, PushError> {
        tokio::time::timeout(DEADLINE, self.post_now(request))
            .await
            .unwrap_or_else(|_| Err(later("no answer")))
    }

    async fn post_now(&self, request: Request<Vec<u8>>) -> Result<Answer, PushError> {
        let target = self.outside.target(&request.uri().to_string());
        let target = target.map_err(|problem| match problem {
            UrlProblem::Forbidden => inside(),
            _ => PushError::Refused("the endpoint’s address cannot be used".to_owned()),
        })?;
        let stream = self.outside.connect(&target).await.map_err(|error| match error.to_string() {
            // A name that leads inside does so in a minute, too.
            reason if reason == FORBIDDEN => inside(),
            reason => PushError::Later(None, reason),
        })?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(later)?;
        // It ends when the sender is dropped.
        tokio::spawn(connection);
        let response = sender.send_request(plain(&target, request)?).await.map_err(later)?;
        Ok(Answer { status: response.status().as_u16(), retry_after: retry_after(response.headers()) })
    }
}

/// The request as it goes over the connection.
fn plain(target: &Target, request: Request<Vec<u8>>) -> Result<Request<Full<Bytes>>, PushError> {
    let (mut parts, body) = request.into_parts();
    parts.headers.insert(header::HOST, target.authority().parse().map_err(later)?);
    parts.uri = target.path.parse().map_err(later)?;
    Ok(Request::from_parts(parts, Full::new(Bytes::from(body))))
}

/// Seconds; a date is not worth its parser here.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds: u64 = headers.get("retry-after")?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(networks: &[&str], uri: &str) -> Result<Answer, PushError> {
        let gateway_networks = networks.iter().map(|network| network.parse().unwrap()).collect();
        let client = Client::new(Arc::new(Outside { gateway_networks, proxy: None }));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(client.post(Request::post(uri).body(Vec::new()).unwrap()))
    }

    #[test]
    fn t127_the_inside_is_not_reached() {
        for inside in
            ["https://127.0.0.1:9/", "https://[::1]:9/", "https://localhost:9/", "http://127.0.0.1:9/"]
        {
            let answer = posted(&[], inside);
            assert!(matches!(answer, Err(PushError::Refused(_))), "{inside}: {answer:?}");
        }
    }

    #[test]
    fn a_network_that_is_allowed_is_reached() {
        // Nobody listens there, which is something else than being refused.
        let answer = posted(&["127.0.0.0/8"], "http://127.0.0.1:9/");
        assert!(matches!(answer, Err(PushError::Later(None, _))), "{answer:?}");
    }
}
