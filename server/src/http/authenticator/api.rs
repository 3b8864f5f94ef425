//! The calls of an authenticator.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use http::{HeaderMap, Method, Uri};
use regain_app::visit::Visit;

use super::signed::{self, Refused};
use crate::engine::Engine;
use crate::services::authenticator::{Answered, OpenRequest, Refusal};

/// Pairs a phone. Its own key signs: that shows that it has it.
pub(super) async fn pair(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let call = signed::call(&(method, uri, headers), &body);
    let call = call.ok_or_else(|| engine.refused(Refusal::Unsigned))?;
    let form = signed::form(&engine, &body)?;
    let paired = engine.pair(&visit, &call, form).await.map_err(|refusal| engine.refused(refusal))?;
    Ok(Json(paired).into_response())
}

/// What there is to answer.
pub(super) async fn requests(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Json<Vec<OpenRequest>>, Refused> {
    let device = signed::device(&engine, &(method, uri, headers), &Bytes::new()).await?;
    let requests = engine.open_requests(&device, visit.locale).await;
    requests.map(Json).map_err(|refusal| engine.refused(refusal))
}

/// Takes an answer.
pub(super) async fn answer(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Answered>, Refused> {
    let device = signed::device(&engine, &(method, uri, headers), &body).await?;
    let form = signed::form(&engine, &body)?;
    let answered = engine.answer_request(&visit, &device, form).await;
    answered.map(Json).map_err(|refusal| engine.refused(refusal))
}

/// Keeps where push messages go.
pub(super) async fn subscribe(
    State(engine): State<Arc<Engine>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<serde_json::Value>, Refused> {
    let device = signed::device(&engine, &(method, uri, headers), &body).await?;
    let form = signed::form(&engine, &body)?;
    engine.subscribe(&device, form).await.map_err(|refusal| engine.refused(refusal))?;
    Ok(Json(serde_json::json!({})))
}
