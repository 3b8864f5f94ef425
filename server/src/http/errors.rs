//! Error pages: whatever went wrong, people see one of ours, with a support code and the way to help.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use leptos::nonce::Nonce;
use leptos::prelude::{IntoView, provide_context};
use leptos_axum::render_app_async_with_context;
use regain_app::document::{AnotherDocument, AnotherDocumentProps, ErrorDocument, ErrorDocumentProps};
use regain_app::form_mark::Subject;
use regain_app::outcome::{FAILED, OWN_PAGE};
use regain_app::pages::another::Another;
use regain_app::visit::Visit;

use crate::engine::Engine;
use crate::services;

/// What an error page tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// What the status says.
    Status(StatusCode),
    /// The form did not come from a page of ours: an answer that is refused for this carries it.
    Origin,
    /// The form came without any cookie of ours: so does an answer that is refused for this.
    Cookies,
}

impl Told {
    fn status(self) -> StatusCode {
        match self {
            Told::Status(status) => status,
            Told::Origin | Told::Cookies => StatusCode::FORBIDDEN,
        }
    }

    /// The texts are called `error-<name>-…`.
    fn name(self) -> String {
        match self {
            Told::Status(status) => status.as_str().to_owned(),
            Told::Origin => "origin".to_owned(),
            Told::Cookies => "cookies".to_owned(),
        }
    }
}

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
    let told = response.extensions().get().copied().unwrap_or(Told::Status(status));
    let mut page = failure_page(engine, told, Some(visit)).await;
    if let Some(retry) = response.headers().get(header::RETRY_AFTER) {
        page.headers_mut().insert(header::RETRY_AFTER, retry.clone());
    }
    page
}

/// The page that tells a failure.
pub(super) async fn failure_page(engine: &Arc<Engine>, told: Told, visit: Option<Visit>) -> Response {
    let status = told.status();
    if let Some(visit) = &visit
        && status.is_server_error()
    {
        tracing::error!(support_code = visit.support_code, path = visit.logged_path(), %status, "a request failed");
    }
    let home = match told {
        // Whoever came here under another name than ours is led back.
        Told::Origin | Told::Status(StatusCode::MISDIRECTED_REQUEST) => engine.config.public_url.link("/"),
        Told::Cookies => visit.as_ref().map_or_else(|| "/".to_owned(), |visit| start_of(&visit.path)),
        Told::Status(_) => "/".to_owned(),
    };
    let document = move || ErrorDocument(ErrorDocumentProps { name: told.name(), home: home.clone() });
    page(engine, status, visit, document).await
}

/// Where somebody begins again whose form at `path` was refused: sign-in, for what a session does.
fn start_of(path: &str) -> String {
    match Subject::of(path) {
        Subject::Session => "/".to_owned(),
        _ => format!("/{}", path.split('/').nth(1).unwrap_or_default()),
    }
}

/// The page of a form that belongs to another reset or sign-in than its browser has by now. Nothing failed: people read
/// what their browser has, and go on, as after any other form that is refused.
pub(super) async fn another_page(engine: &Arc<Engine>, visit: &Visit, another: Another) -> Response {
    let document = move || AnotherDocument(AnotherDocumentProps { another: another.clone() });
    page(engine, StatusCode::OK, Some(visit.clone()), document).await
}

/// A page that answers whatever address was asked for.
async fn page<V: IntoView + 'static>(
    engine: &Arc<Engine>,
    status: StatusCode,
    visit: Option<Visit>,
    document: impl Fn() -> V + Clone + Send + Sync + 'static,
) -> Response {
    let services = services::of(engine);
    let context = move || {
        provide_context(services.clone());
        if let Some(visit) = visit.clone() {
            provide_context(Nonce::from_value(visit.nonce.clone()));
            provide_context(visit);
        }
    };
    let render = render_app_async_with_context(context, document);
    let mut response = render(Request::new(Body::empty())).await;
    *response.status_mut() = status;
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(RETRY));
    }
    response
}
