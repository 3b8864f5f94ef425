//! What gateways call back: which key was pressed in a call, and what became of a message. Each address carries what
//! nobody can guess, and each request a signature. The address is judged first: nothing is read for who does not know it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use http::{HeaderMap, StatusCode, header};
use regain_channels::gateway::Kind;
use regain_store::{GatewayRow, Result};
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::engine::Engine;

/// More than a gateway has to say.
const BODY: usize = 16 * 1024;

/// The addresses under `/hooks`.
pub(super) fn routes() -> Router<Arc<Engine>> {
    Router::new()
        .route("/hooks/voice/{token}", post(voice))
        .route("/hooks/delivery/{message}/{key}", post(delivery))
}

/// What a gateway posted, as fields.
struct Posted {
    body: String,
    fields: Vec<(String, String)>,
}

impl Posted {
    /// A form from Twilio, JSON from a webhook.
    async fn receive(kind: Option<Kind>, body: Body) -> std::result::Result<Self, StatusCode> {
        let bytes = to_bytes(body, BODY).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)?;
        let text = String::from_utf8(bytes.into()).map_err(|_| StatusCode::BAD_REQUEST)?;
        Ok(Self::read(kind, text))
    }

    fn read(kind: Option<Kind>, body: String) -> Self {
        let fields = match kind {
            Some(Kind::Twilio) => form_fields(&body),
            _ => serde_json::from_str::<BTreeMap<String, serde_json::Value>>(&body)
                .unwrap_or_default()
                .into_iter()
                .filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())))
                .collect(),
        };
        Self { body, fields }
    }

    fn get(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value)
    }
}

fn form_fields(body: &str) -> Vec<(String, String)> {
    let uri = format!("/?{}", body.trim());
    let uri = uri.parse::<http::Uri>().unwrap_or_default();
    axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).map(|query| query.0).unwrap_or_default()
}

fn signature(gateway: &GatewayRow, headers: &HeaderMap) -> String {
    let name = match Kind::parse(&gateway.kind) {
        Some(Kind::Twilio) => "x-twilio-signature",
        _ => "regain-signature",
    };
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

async fn voice(
    State(engine): State<Arc<Engine>>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    answered(answer_call(&engine, &token, &headers, body).await)
}

async fn answer_call(engine: &Engine, token: &str, headers: &HeaderMap, body: Body) -> Result<Response> {
    let Some((call, gateway)) = engine.open_call(token).await? else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let kind = Kind::parse(&gateway.kind);
    let posted = match Posted::receive(kind, body).await {
        Ok(posted) => posted,
        Err(status) => return Ok(status.into_response()),
    };
    let path = format!("/hooks/voice/{token}");
    if !engine.is_signed(&gateway, &path, &posted.body, &posted.fields, &signature(&gateway, headers)) {
        return Ok(StatusCode::FORBIDDEN.into_response());
    }
    let twilio = kind == Some(Kind::Twilio);
    let say = engine.key_pressed(&call, posted.get(if twilio { "Digits" } else { "digits" })).await?;
    Ok(if twilio {
        ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], say.twiml(&call.locale)).into_response()
    } else {
        axum::Json(say.json()).into_response()
    })
}

async fn delivery(
    State(engine): State<Arc<Engine>>,
    Path((message, key)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    answered(take_report(&engine, &message, &key, &headers, body).await)
}

async fn take_report(
    engine: &Engine,
    message: &str,
    key: &str,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response> {
    let not_found = || Ok(StatusCode::NOT_FOUND.into_response());
    let Ok(message) = message.parse::<Uuid>() else { return not_found() };
    let path = engine.receipt_path(message);
    if !bool::from(path.as_bytes().ct_eq(format!("/hooks/delivery/{message}/{key}").as_bytes())) {
        return not_found();
    }
    let mut tx = engine.store.read().await?;
    let delivery = tx.delivery(message).await?;
    let gateway = delivery.and_then(|delivery| delivery.gateway_id);
    let gateway = tx.gateways().await?.into_iter().find(|row| Some(row.id) == gateway);
    drop(tx);
    let Some(gateway) = gateway else { return not_found() };
    let kind = Kind::parse(&gateway.kind);
    let posted = match Posted::receive(kind, body).await {
        Ok(posted) => posted,
        Err(status) => return Ok(status.into_response()),
    };
    if !engine.is_signed(&gateway, &path, &posted.body, &posted.fields, &signature(&gateway, headers)) {
        return Ok(StatusCode::FORBIDDEN.into_response());
    }
    let status = ["MessageStatus", "CallStatus", "status"].map(|name| posted.get(name));
    if let Some(state) = status.iter().find_map(|status| state_of(status)) {
        let mut tx = engine.store.write().await?;
        tx.report_delivery(message, state, None, engine.now()).await?;
        tx.commit().await?;
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What a report means in the end; what is under way changes nothing.
fn state_of(status: &str) -> Option<&'static str> {
    match status {
        "delivered" | "completed" | "read" => Some("delivered"),
        "undelivered" | "failed" | "busy" | "no-answer" | "canceled" => Some("undelivered"),
        _ => None,
    }
}

fn answered(answer: Result<Response>) -> Response {
    answer.unwrap_or_else(|error| {
        tracing::error!(%error, "a callback could not be answered");
        StatusCode::SERVICE_UNAVAILABLE.into_response()
    })
}
