//! One POST to a push service. Its address comes from a browser, so it may be aimed at the inside: [`Outside`] judges where
//! it leads, and the networks of gateways are not open to it (T127). Redirects are not followed.

use http::{HeaderMap, Request, header};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use regain_core::time::Duration;

use super::{PushError, PushServices};
use crate::Proxy;
use crate::outside::{FORBIDDEN, Outside, Target, UrlProblem};

const DEADLINE: Duration = Duration::from_secs(20);

/// The client.
pub(super) struct Client {
    public: Outside,
    anywhere: Outside,
    listed: PushServices,
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
    pub(super) fn new(listed: PushServices, proxy: Option<Proxy>) -> Self {
        Self { public: Outside::public(proxy.clone()), anywhere: Outside::anywhere(proxy), listed }
    }

    /// Whether messages may go to an address, as far as it can be judged without asking for its name.
    pub(super) fn allows(&self, endpoint: &str) -> bool {
        self.way(endpoint).is_ok()
    }

    /// The way out to an endpoint: to a listed service wherever it lives, otherwise to the public alone.
    fn way(&self, endpoint: &str) -> Result<(&Outside, Target), UrlProblem> {
        match self.anywhere.target(endpoint) {
            Ok(target) if self.listed.list(&target) => Ok((&self.anywhere, target)),
            _ => self.public.target(endpoint).map(|target| (&self.public, target)),
        }
    }

    pub(super) async fn post(&self, request: Request<Vec<u8>>) -> Result<Answer, PushError> {
        tokio::time::timeout(DEADLINE, self.post_now(request))
            .await
            .unwrap_or_else(|_| Err(later("no answer")))
    }

    async fn post_now(&self, request: Request<Vec<u8>>) -> Result<Answer, PushError> {
        let way = self.way(&request.uri().to_string());
        let (outside, target) = way.map_err(|problem| match problem {
            UrlProblem::Forbidden => inside(),
            _ => PushError::Refused("the endpoint’s address cannot be used".to_owned()),
        })?;
        let stream = outside.connect(&target).await.map_err(|error| match error.to_string() {
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

    fn posted(services: &str, uri: &str) -> Result<Answer, PushError> {
        let client = Client::new(PushServices::parse(services).unwrap(), None);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(client.post(Request::post(uri).body(Vec::new()).unwrap()))
    }

    #[test]
    fn t127_the_inside_is_not_reached() {
        for inside in
            ["https://127.0.0.1:9/", "https://[::1]:9/", "https://localhost:9/", "http://127.0.0.1:9/"]
        {
            let answer = posted("https://127.0.0.1:8443", inside);
            assert!(matches!(answer, Err(PushError::Refused(_))), "{inside}: {answer:?}");
        }
    }

    #[test]
    fn a_service_that_is_listed_is_reached() {
        // Nobody listens there, which is something else than being refused.
        let answer = posted("http://127.0.0.1:9", "http://127.0.0.1:9/x");
        assert!(matches!(answer, Err(PushError::Later(None, _))), "{answer:?}");
    }
}
