//! Around every address alike, assets, health and hooks included: a deadline, and the reserve of places that health has.

use std::sync::{Arc, OnceLock};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, header};
use regain_app::visit::Visit;
use regain_core::time::Duration;

use super::errors::{Told, failure_page};
use super::headers;
use super::health;
use super::listener::{Allowed, Seat};
use crate::engine::Engine;

/// The page that tells a failure may itself wait for the database; not for long.
const PAGE: Duration = Duration::from_secs(3);
/// When it is worth another try.
const RETRY: HeaderValue = HeaderValue::from_static("2");

/// The visit of a request that is under way, for the page that says that it took too long.
#[derive(Clone, Default)]
pub(super) struct UnderWay(Arc<OnceLock<Visit>>);

impl UnderWay {
    /// Tells whose request it is, as soon as that is known.
    pub(super) fn note(&self, visit: &Visit) {
        let _ = self.0.set(visit.clone());
    }
}

/// Answers within the connection's deadline, whatever the request does. On a place of the reserve only health answers.
pub(super) async fn guard(State(engine): State<Arc<Engine>>, mut request: Request, next: Next) -> Response {
    let Some(Allowed { seat, within }) = request.extensions().get::<Allowed>().copied() else {
        return next.run(request).await;
    };
    if seat == Seat::Reserve && !health::PATHS.contains(&request.uri().path()) {
        return refuse(&engine, StatusCode::SERVICE_UNAVAILABLE, None).await;
    }
    let under_way = UnderWay::default();
    request.extensions_mut().insert(under_way.clone());
    match tokio::time::timeout(within, next.run(request)).await {
        Ok(response) => response,
        Err(_) => refuse(&engine, StatusCode::REQUEST_TIMEOUT, under_way.0.get().cloned()).await,
    }
}

/// A page of ours, and the end of the connection: what else the client sends is not waited for.
pub(super) async fn refuse(engine: &Arc<Engine>, status: StatusCode, visit: Option<Visit>) -> Response {
    let nonce = visit.as_ref().map(|visit| visit.nonce.clone());
    let page = tokio::time::timeout(PAGE, failure_page(engine, Told::Status(status), visit)).await;
    let mut response = page.unwrap_or_else(|_| status.into_response());
    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, RETRY);
    }
    headers::secure(engine, nonce.as_deref(), response.headers_mut());
    engine.metrics.count_answer(status);
    response
}
