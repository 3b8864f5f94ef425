//! Calls with a signature, and answers in JSON.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use http::header::RETRY_AFTER;
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use regain_app::outcome::OWN_PAGE;
use regain_app::services::toll::Toll;
use regain_store::Device;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::authenticator::Call;
use crate::captcha::Action;
use crate::engine::Engine;
use crate::services::authenticator::{Refusal, broken};

/// A call without a body that one of our devices signed.
pub(super) struct Signed(pub(super) Device);

impl FromRequestParts<Arc<Engine>> for Signed {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, engine: &Arc<Engine>) -> Result<Self, Refused> {
        device(engine, call(parts, &Bytes::new())).await.map(Self)
    }
}

/// A call that one of our devices signed, and its form.
pub(super) struct SignedForm<T>(pub(super) Device, pub(super) T);

impl<T: DeserializeOwned> FromRequest<Arc<Engine>> for SignedForm<T> {
    type Rejection = Response;

    async fn from_request(request: Request, engine: &Arc<Engine>) -> Result<Self, Response> {
        let (call, body) = read(request, engine).await?;
        let device = device(engine, call).await.map_err(IntoResponse::into_response)?;
        form(engine, &body).map(|form| Self(device, form)).map_err(IntoResponse::into_response)
    }
}

/// A call of a phone that is none of our devices yet, and its form: the key that signed it is in the form.
pub(super) struct SelfSigned<T>(pub(super) Call, pub(super) T);

impl<T: DeserializeOwned> FromRequest<Arc<Engine>> for SelfSigned<T> {
    type Rejection = Response;

    async fn from_request(request: Request, engine: &Arc<Engine>) -> Result<Self, Response> {
        let (call, body) = read(request, engine).await?;
        let call = call.ok_or_else(|| engine.refused(Refusal::Unsigned).into_response())?;
        form(engine, &body).map(|form| Self(call, form)).map_err(IntoResponse::into_response)
    }
}

async fn read(request: Request, engine: &Arc<Engine>) -> Result<(Option<Call>, Bytes), Response> {
    let (parts, body) = request.into_parts();
    let body = Bytes::from_request(Request::from_parts(parts.clone(), body), engine).await;
    let body = body.map_err(IntoResponse::into_response)?;
    Ok((call(&parts, &body), body))
}

/// Reads the call's signature; `None` when a part of it is missing or is none.
fn call(parts: &Parts, body: &Bytes) -> Option<Call> {
    let text = |name: &str| parts.headers.get(name)?.to_str().ok();
    let device = match text("x-regain-device") {
        Some(id) => Some(id.parse().ok()?),
        None => None,
    };
    Some(Call {
        device,
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        time: text("x-regain-time")?.parse().ok()?,
        nonce: text("x-regain-nonce")?.to_owned(),
        signature: BASE64URL_NOPAD.decode(text("x-regain-signature")?.as_bytes()).ok()?,
        body: body.to_vec(),
    })
}

/// The device that signed the call.
async fn device(engine: &Engine, call: Option<Call>) -> Result<Device, Refused> {
    let call = call.ok_or_else(|| engine.refused(Refusal::Unsigned))?;
    let caller = engine.caller(&call).await.map_err(|error| engine.refused(broken(error)))?;
    caller.map_err(|problem| engine.refused(problem.into()))
}

/// The body as JSON of the form that is expected.
fn form<T: DeserializeOwned>(engine: &Engine, body: &Bytes) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|_| engine.refused(Refusal::Malformed))
}

/// A refusal as an answer.
pub(super) struct Refused {
    status: StatusCode,
    problem: &'static str,
    /// Seconds until it is worth another try.
    retry: Option<u64>,
    /// What to solve first.
    toll: Option<Box<Toll>>,
    /// Our clock, in milliseconds: a phone whose own is off corrects it.
    now: i64,
}

impl Engine {
    pub(super) fn refused(&self, refusal: Refusal) -> Refused {
        let (status, problem) = match refusal {
            Refusal::Unsigned => (StatusCode::UNAUTHORIZED, "unsigned"),
            Refusal::Clock => (StatusCode::UNAUTHORIZED, "clock"),
            Refusal::Malformed => (StatusCode::BAD_REQUEST, "malformed"),
            Refusal::WrongCode => (StatusCode::FORBIDDEN, "wrong-code"),
            Refusal::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "too-many"),
            Refusal::Unpaid(_) => (StatusCode::FORBIDDEN, "unpaid"),
            Refusal::NotFound => (StatusCode::NOT_FOUND, "over"),
            Refusal::Over => (StatusCode::GONE, "over"),
            Refusal::WrongNumber => (StatusCode::FORBIDDEN, "number-wrong"),
            Refusal::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "failed"),
            Refusal::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "failed"),
        };
        let now = self.now();
        let retry = match refusal {
            Refusal::TooMany(until) => Some(until.since(now).as_secs() + 1),
            Refusal::Unavailable => Some(5),
            _ => None,
        };
        let toll = match refusal {
            Refusal::Unpaid(price) => Some(Box::new(self.issue_toll(Action::Pair, price, ""))),
            _ => None,
        };
        Refused { status, problem, retry, toll, now: now.micros() / 1_000 }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut body = json!({"problem": self.problem, "now": self.now});
        if let Some(toll) = self.toll {
            body["toll"] = json!({"captcha": toll.token, "challenge": toll.challenge});
        }
        let mut response = (self.status, Json(body)).into_response();
        // JSON for a script, not one of our pages.
        response.headers_mut().insert(OWN_PAGE, HeaderValue::from_static("1"));
        if let Some(seconds) = self.retry {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
