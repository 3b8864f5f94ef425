//! `POST /admin/branding/logo`: a form that sends a file.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::response::{IntoResponse as _, Response};
use regain_app::outcome::{Answer, Failure, ended};
use regain_app::pages::admin::branding::LOGO;
use regain_app::services::Services;
use regain_app::services::branding::Branding as _;
use regain_app::visit::Visit;

use super::picture::MOST_BYTES;
use crate::engine::Engine;
use crate::services::upload::read;

/// The route's handler. Who may not save is told so before the file is read.
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
    engine.may_save(visit).await?;
    let form = form.map_err(|_| Failure::BadRequest)?;
    let file = read(form, LOGO, MOST_BYTES).await.map_err(|_| Failure::BadRequest)?;
    engine.save_logo(visit, file).await
}
