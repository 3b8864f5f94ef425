//! The app's page and its manifest.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Uri};
use leptos::nonce::Nonce;
use leptos::prelude::provide_context;
use leptos_axum::render_app_async_with_context;
use regain_app::document::Document;
use regain_app::services::Services;
use regain_app::text::text;
use regain_app::visit::Visit;
use serde_json::json;

use super::PAGE;
use crate::engine::Engine;

pub(super) async fn page(
    Extension(services): Extension<Services>,
    Extension(visit): Extension<Visit>,
    mut request: Request,
) -> Response {
    // The router of pages knows it without the slash.
    *request.uri_mut() = Uri::from_static("/authenticator");
    let context = move || {
        provide_context(services.clone());
        provide_context(Nonce::from_value(visit.nonce.clone()));
        provide_context(visit.clone());
    };
    render_app_async_with_context(context, Document)(request).await.into_response()
}

/// What a phone needs to know to install the app. Its name is the organisation's.
pub(super) async fn manifest(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
) -> Response {
    let organization = engine.organization().await.name;
    let icon = |file: &str, size: u32, purpose: &str| {
        let address = format!("{PAGE}{file}");
        json!({"src": address, "sizes": format!("{size}x{size}"), "type": "image/png", "purpose": purpose})
    };
    let manifest = json!({
        "id": PAGE,
        "scope": PAGE,
        "start_url": PAGE,
        "display": "standalone",
        "lang": visit.locale.tag(),
        "dir": visit.locale.direction(),
        "name": text(visit.locale, "authenticator-name", &[("organization", organization)]),
        "short_name": text(visit.locale, "authenticator-short-name", &[]),
        "background_color": "#fafafa",
        "theme_color": "#0f6cbd",
        "icons": [
            icon("icon-192.png", 192, "any"),
            icon("icon-512.png", 512, "any"),
            icon("icon-maskable-512.png", 512, "maskable"),
        ],
    });
    let mut response = Json(manifest).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/manifest+json"));
    response
}
