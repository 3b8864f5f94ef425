//! `POST /admin/hardware-tokens/upload`: a form that sends a file.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::response::{IntoResponse as _, Response};
use regain_app::outcome::{Answer, Failure, ended};
use regain_app::pages::admin::hardware_tokens::FILE;
use regain_app::services::Services;
use regain_app::services::hardware_tokens::HardwareTokens as _;
use regain_app::visit::Visit;

use super::MOST_BYTES;
use crate::engine::Engine;
use crate::services::upload::read;

/// The route's handler. Who may not upload is told so before the file is read.
pub(in crate::services) async fn upload(
    State(engine): State<Arc<Engine>>,
    Extension(visit): Extension<Visit>,
    Extension(services): Extension<Services>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let answer = answer(&engine, &visit, form).await;
    ended(answer, &*services.cookies, &visit.path).into_response()
}

async fn answer(engine: &Engine, visit: &Visit, form: Result<Multipart, MultipartRejection>) -> Answer {
    if let Some(first) = engine.may_upload(visit).await? {
        return Ok(first);
    }
    let form = form.map_err(|_| Failure::BadRequest)?;
    let file = read(form, FILE, MOST_BYTES).await.map_err(|_| Failure::BadRequest)?;
    engine.upload(visit, file).await
}
