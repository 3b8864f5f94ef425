//! The calls of an authenticator.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use http::header::SET_COOKIE;
use regain_app::visit::Visit;

use super::signed::{Refused, SelfSigned, Signed, SignedForm};
use crate::engine::Engine;
use crate::http::cookies::keep_browser;
use crate::services::authenticator::{
    AnswerForm, Answered, ApprovedRequest, FinishForm, FinishLink, OpenRequest, PairForm, SubscribeForm,
};

/// Pairs a phone. Its own key signs: that shows that it has it.
pub(super) async fn pair(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    SelfSigned(call, form): SelfSigned<PairForm>,
) -> Result<Response, Refused> {
    // The page's browser is recognised from now on, so that its requests can say *this phone*.
    let browser = engine.mark_browser(&visit);
    let visit = Visit { browser: Some(browser.token().clone()), ..visit };
    let paired = engine.pair(&visit, &call, form).await.map_err(|refusal| engine.refused(refusal))?;
    let mut response = Json(paired).into_response();
    response.headers_mut().append(SET_COOKIE, keep_browser(browser.token()));
    Ok(response)
}

/// What there is to answer.
pub(super) async fn requests(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    Signed(device): Signed,
) -> Result<Json<Vec<OpenRequest>>, Refused> {
    let requests = engine.open_requests(&device, &visit).await;
    requests.map(Json).map_err(|refusal| engine.refused(refusal))
}

/// What was approved lately.
pub(super) async fn approved(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    Signed(device): Signed,
) -> Result<Json<Vec<ApprovedRequest>>, Refused> {
    let requests = engine.approved_requests(&device, &visit).await;
    requests.map(Json).map_err(|refusal| engine.refused(refusal))
}

/// Takes an answer.
pub(super) async fn answer(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    SignedForm(device, form): SignedForm<AnswerForm>,
) -> Result<Response, Refused> {
    let browser = engine.mark_browser(&visit);
    let answered = engine.answer_request(&visit, &device, &browser.hash, form).await;
    let answered: Answered = answered.map_err(|refusal| engine.refused(refusal))?;
    let mut response = Json(answered).into_response();
    response.headers_mut().append(SET_COOKIE, keep_browser(browser.token()));
    Ok(response)
}

/// Opens the page on which the new password is chosen.
pub(super) async fn finish(
    State(engine): State<Arc<Engine>>,
    SignedForm(device, form): SignedForm<FinishForm>,
) -> Result<Json<FinishLink>, Refused> {
    engine.offer_finish(&device, &form).await.map(Json).map_err(|refusal| engine.refused(refusal))
}

/// Keeps where push messages go.
pub(super) async fn subscribe(
    State(engine): State<Arc<Engine>>,
    SignedForm(device, form): SignedForm<SubscribeForm>,
) -> Result<Json<serde_json::Value>, Refused> {
    engine.subscribe(&device, form).await.map_err(|refusal| engine.refused(refusal))?;
    Ok(Json(serde_json::json!({})))
}
