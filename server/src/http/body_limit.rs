//! How much a request may send.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use tower::{Layer as _, ServiceExt as _, service_fn};
use tower_http::body::Limited;
use tower_http::limit::RequestBodyLimitLayer;

/// Forms are small.
const LIMIT: usize = 64 * 1024;
/// A logo may be far too large and still be told so.
const UPLOAD: &str = regain_app::pages::admin::branding::UPLOAD;
/// And so may a file of tokens.
const TOKENS: &str = regain_app::pages::admin::hardware_tokens::UPLOAD;
const UPLOAD_LIMIT: usize = 1024 * 1024;
/// But for this one: 1,000 banned words of 16 characters, percent-encoded, whatever their script.
const LONG_FORM: &str = "/admin/password-protection";
const LONG_LIMIT: usize = 256 * 1024;

/// Refuses a body that is too long, as soon as that is known.
pub(super) async fn limit_body(request: Request, next: Next) -> Response {
    let limit = match request.uri().path() {
        LONG_FORM => LONG_LIMIT,
        UPLOAD | TOKENS => UPLOAD_LIMIT,
        _ => LIMIT,
    };
    let inner = service_fn(move |request: Request<Limited<Body>>| {
        let next = next.clone();
        async move { Ok::<_, Infallible>(next.run(request.map(Body::new)).await) }
    });
    let Ok(response) = RequestBodyLimitLayer::new(limit).layer(inner).oneshot(request).await;
    response.map(Body::new)
}
