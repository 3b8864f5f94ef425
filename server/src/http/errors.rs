//! Error pages: whatever went wrong, people see one of ours, with a support code and the way to help.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use leptos::nonce::Nonce;
use leptos::prelude::provide_context;
use leptos_axum::render_app_async_with_context;
use regain_app::document::{ErrorDocument, ErrorDocumentProps};
use regain_app::outcome::{FAILED, OWN_PAGE};
use regain_app::visit::Visit;

use crate::engine::Engine;
use crate::services;

/// Seconds after which another try is worth it, where whoever failed did not say.
const RETRY: u64 = 5;

/// Replaces the body of a failed page, server function or layer. Answers that bring their own page stay.
pub(super) async fn replace_failures(engine: &Arc<Engine>, visit: Visit, mut response: Response) -> Response {
    if response.headers_mut().remove(OWN_PAGE).is_some() {
        return response;
    }
    let failed = response.headers().contains_key(FAILED);
    // Leptos marks what it could not read as the form it should be.
    let unreadable = response.headers().contains_key("serverfnerror");
    let status = if unreadable { StatusCode::BAD_REQUEST } else { response.status() };
    if !failed && !status.is_client_error() && !status.is_server_error() {
        return response;
    }
    let mut page = failure_page(engine, status, Some(visit)).await;
    if let Some(retry) = response.headers().get(header::RETRY_AFTER) {
        page.headers_mut().insert(header::RETRY_AFTER, retry.clone());
    }
    page
}

/// The page that tells a failure.
pub(super) async fn failure_page(engine: &Arc<Engine>, status: StatusCode, visit: Option<Visit>) -> Response {
    if let Some(visit) = &visit
        && status.is_server_error()
    {
        tracing::error!(support_code = visit.support_code, path = visit.path, %status, "a request failed");
    }
    let services = services::of(engine);
    let context = move || {
        provide_context(services.clone());
        if let Some(visit) = visit.clone() {
            provide_context(Nonce::from_value(visit.nonce.clone()));
            provide_context(visit);
        }
    };
    let code = status.as_u16();
    let page =
        render_app_async_with_context(context, move || ErrorDocument(ErrorDocumentProps { status: code }));
    let mut response = page(Request::new(Body::empty())).await;
    *response.status_mut() = status;
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(RETRY));
    }
    response
}
