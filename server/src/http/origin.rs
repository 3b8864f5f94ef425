//! Where a form must come from: a page of ours, under the address that people know us by (T97). `Host` decides nothing,
//! because whoever owns a name can let it lead here, and then the browser itself calls the page one of the same origin
//! (DNS rebinding). Only a demo, which everybody's browser on this machine reaches, looks at it.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, Method, StatusCode, Uri, header};
use regain_app::pages::report;
use tower_http::csrf::{CsrfLayer, ProtectionError};

use super::errors::{Told, failure_page};
use super::headers;
use crate::config::{Origin, is_loopback};
use crate::engine::Engine;

/// Judges `Origin` against `REGAIN_PUBLIC_URL`. The right one is taken away: what is left for [`fetch_metadata`] to judge
/// is what the browser says besides, and requests without any, which no browser sends with a form.
pub(super) async fn judge_origin(
    State(engine): State<Arc<Engine>>,
    mut request: Request,
    next: Next,
) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changes {
        if !comes_from_us(&engine, request.headers()) {
            return foreign();
        }
        request.headers_mut().remove(header::ORIGIN);
    }
    next.run(request).await
}

/// Refuses what the browser says that another site sent.
pub(super) fn fetch_metadata() -> CsrfLayer<impl FnMut(ProtectionError) -> Response + Clone> {
    CsrfLayer::new().with_rejection_response(|_: ProtectionError| foreign())
}

/// An address with a token, while a layer sees the request that writes addresses into the log.
#[derive(Clone)]
struct Hidden(Uri);

/// Hides an address with a token from [`fetch_metadata`], which looks at headers alone.
pub(super) async fn hide_token(mut request: Request, next: Next) -> Response {
    if request.uri().path().starts_with(report::START) {
        let uri = std::mem::replace(request.uri_mut(), Uri::from_static(report::OVER));
        request.extensions_mut().insert(Hidden(uri));
    }
    next.run(request).await
}

/// Gives the request its own address again.
pub(super) async fn show_token(mut request: Request, next: Next) -> Response {
    if let Some(Hidden(uri)) = request.extensions_mut().remove() {
        *request.uri_mut() = uri;
    }
    next.run(request).await
}

fn foreign() -> Response {
    let mut response = StatusCode::FORBIDDEN.into_response();
    response.extensions_mut().insert(Told::Origin);
    response
}

/// One `Origin` of ours, or none.
fn comes_from_us(engine: &Engine, headers: &HeaderMap) -> bool {
    let mut lines = headers.get_all(header::ORIGIN).iter();
    let Some(line) = lines.next() else { return true };
    let Some(origin) = line.to_str().ok().and_then(Origin::parse) else { return false };
    let ours = engine.config.public_url.parts();
    let same =
        origin == *ours || engine.demo && origin.differs_in_host_alone(ours) && is_loopback(&origin.host);
    same && lines.next().is_none()
}

/// In demo mode, refuses what was sent to a name that is none of this machine's.
pub(super) async fn judge_host(State(engine): State<Arc<Engine>>, request: Request, next: Next) -> Response {
    if !engine.demo || is_for_this_machine(request.uri(), request.headers()) {
        return next.run(request).await;
    }
    let mut response = failure_page(&engine, Told::Status(StatusCode::MISDIRECTED_REQUEST), None).await;
    headers::secure(&engine, None, response.headers_mut());
    response
}

/// Every name that the request carries, and at least one, is a name of this machine.
fn is_for_this_machine(uri: &Uri, headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::HOST).iter().map(|line| line.to_str().unwrap_or_default());
    let names: Vec<&str> =
        uri.authority().map(http::uri::Authority::as_str).into_iter().chain(lines).collect();
    let is_ours = |name: &&str| name.parse().is_ok_and(|name: http::uri::Authority| is_loopback(name.host()));
    !names.is_empty() && names.iter().all(is_ours)
}
